// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal;

import io.theseus.api.Change;
import io.theseus.api.CodeChange;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A stateful component, of any version. */
class Accounts implements CodeChange<Map<String, Long>> {
    Map<String, Long> balances = new HashMap<>();
    boolean running;
    Optional<Change> taken = Optional.empty();
    private final String name;
    private final Log log;

    Accounts(String name, Log log) {
        this.name = name;
        this.log = log;
    }

    @Override
    public Map<String, Long> suspend() {
        running = false;
        log.call("suspend " + name);
        return balances;
    }

    @Override
    public void codeChange(Map<String, Long> state, Change change) {
        log.call("code change " + name);
        balances = state;
        taken = Optional.of(change);
    }

    @Override
    public void resume() {
        log.call("resume " + name);
        running = true;
    }
}
