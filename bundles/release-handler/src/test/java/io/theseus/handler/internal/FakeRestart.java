// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal;

import io.theseus.port.Restart;
import io.theseus.release.Problem;
import java.util.List;

/** A restart that is only told. */
final class FakeRestart implements Restart {
    List<Problem> problems = List.of();
    private final Log log;

    FakeRestart(Log log) {
        this.log = log;
    }

    @Override
    public List<Problem> problems() {
        return problems;
    }

    @Override
    public void restart() {
        log.call("restart");
    }
}
