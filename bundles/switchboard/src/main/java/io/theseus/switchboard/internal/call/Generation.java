// SPDX-License-Identifier: Apache-2.0
package io.theseus.switchboard.internal.call;

/**
 * One of at most two generations that are alive. Never used again after a purge: the next generation on the same side is
 * another object, so that nothing that outlived the first is mistaken for the second.
 */
public final class Generation {
    private final int side;
    private volatile boolean purged;

    Generation(int side) {
        this.side = side;
    }

    public int side() {
        return side;
    }

    public boolean purged() {
        return purged;
    }

    void purge() {
        purged = true;
    }
}
