// SPDX-License-Identifier: Apache-2.0
package io.theseus.samples.ledger;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The thread that closes batches. {@link #stop} returns when it has ended. Thread safety: by its monitor. */
final class BatchCloser {
    private static final long EVERY_MS = 50;

    private @Nullable Thread thread;

    synchronized void start(Runnable close) {
        if (thread == null) {
            thread = new Thread(() -> run(close), "ledger-batches");
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

    private static void run(Runnable close) {
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
