// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal;

import io.theseus.handler.internal.store.Disk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/** A disk that takes nothing after the JVM was killed, and can be full. */
final class MortalDisk implements Disk {
    volatile boolean full;
    volatile boolean fullAfterReplace;
    volatile long usable = Long.MAX_VALUE;
    /** How often it is written to until the JVM is killed. */
    final AtomicInteger left = new AtomicInteger(Integer.MAX_VALUE);
    /** How often it is written to until it is full. */
    final AtomicInteger room = new AtomicInteger(Integer.MAX_VALUE);

    private final Log log;

    MortalDisk(Log log) {
        this.log = log;
    }

    @Override
    public long usable(Path folder) {
        return usable;
    }

    @Override
    public void append(Path file, byte[] bytes, boolean force) throws IOException {
        check();
        Disk.super.append(file, bytes, false);
    }

    @Override
    public void replace(Path file, byte[] bytes) throws IOException {
        check();
        Disk.super.replace(file, bytes);
        full |= fullAfterReplace;
    }

    @Override
    public void move(Path from, Path to) throws IOException {
        check();
        Disk.super.move(from, to);
    }

    private void check() throws IOException {
        if (log.dead() || left.getAndDecrement() <= 0) {
            log.kill();
        }
        if (full || room.getAndDecrement() <= 0) {
            throw new IOException("No space left on device");
        }
    }
}
