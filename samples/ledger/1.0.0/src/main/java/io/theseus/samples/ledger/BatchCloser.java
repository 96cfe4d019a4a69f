// SPDX-License-Identifier: Apache-2.0
package io.theseus.samples.ledger;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The thread that closes batches. When {@link #stop} has returned it closes none any more. Thread safety: by its monitor. */
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

    /** Does not wait until the thread has ended: on a busy machine it would have to get its turn first, while callers wait. */
    synchronized void stop() {
        if (thread != null) {
            thread.interrupt();
            thread = null;
        }
    }

    @Override
    public void run() {
        try {
            do {
                TimeUnit.MILLISECONDS.sleep(EVERY_MS);
            } while (closed());
        } catch (InterruptedException stopped) {
            // the way it is asked to end
        }
    }

    /** Answers false if the thread was stopped. */
    private synchronized boolean closed() {
        if (thread != Thread.currentThread()) {
            return false;
        }
        close.run();
        return true;
    }
}
