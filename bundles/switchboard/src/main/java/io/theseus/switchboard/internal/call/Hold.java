// SPDX-License-Identifier: Apache-2.0
package io.theseus.switchboard.internal.call;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Keeps the generation of a call from being drained until it is released, once. Taken while the call's pin is still
 * published, and released only after whatever takes over (another pin, another hold) is published.
 */
public final class Hold implements Runnable {
    private final Pin root;
    private final Pin entered;
    private final AtomicBoolean released = new AtomicBoolean();

    /**
     * Takes a hold.
     *
     * @param root the pin of the call
     * @param entered the pin of the application that answered; it must be quiet too before it is suspended
     */
    Hold(Pin root, Pin entered) {
        this.root = root;
        this.entered = entered;
        root.holds.take();
        if (entered.holds != root.holds) {
            entered.holds.take();
        }
    }

    public Pin pin() {
        return root;
    }

    /** Releases it; does nothing the second time. */
    @Override
    public void run() {
        if (released.compareAndSet(false, true)) {
            root.holds.release();
            if (entered.holds != root.holds) {
                entered.holds.release();
            }
        }
    }

    /** Takes a hold for the call that runs. */
    public interface Taker {
        Hold take();
    }
}
