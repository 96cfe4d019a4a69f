// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal;

import io.theseus.port.Belongings;

/** Writes down what is asked. */
final class FakeBelongings implements Belongings {
    private final Log log;

    FakeBelongings(Log log) {
        this.log = log;
    }

    @Override
    public void share(long from, long to) {
        log.call("share " + from + " " + to);
    }

    @Override
    public void bringBack(long from, long to) {
        log.call("bring back " + from + " " + to);
    }

    @Override
    public void settle(long from, long to) {
        log.call("settle " + from + " " + to);
    }

    @Override
    public void giveBack(long from, long to, boolean written) {
        log.call("give back " + from + " " + to + (written ? " written" : ""));
    }

    @Override
    public void recover() {
        log.call("recover");
    }
}
