// SPDX-License-Identifier: Apache-2.0
package io.theseus.samples.ledger;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The thread that closes batches. {@link #stop} returns when it has ended. Thread safety: by its monitor. */
final class BatchCloser implements Runnable {
    private static final long EVERY_MS = 50;

    private final Runnable close;
    private @Nullable Thread thread;

    BatchCloser(Runnable close) {
        this.close = close;
    }

    synchronized void start() {
        if (thread == null) {
            thread = new Thread(this, "ledger-batches");
            thread.setDaemon(true);
            thread.start();
        }
    }

    synchronized void stop() throws InterruptedException {
        if (thread != null) {
            thread.interrupt();
            thread.join();
            thread = null;
        }
    }

    @Override
    public void run() {
        try {
            while (true) {
                TimeUnit.MILLISECONDS.sleep(EVERY_MS);
                close.run();
            }
        } catch (InterruptedException stopped) {
            // the way it is asked to end
        }
    }
}
