// SPDX-License-Identifier: Apache-2.0
package io.theseus.benchmarks.fleet.hoard;

import io.theseus.api.Change;
import io.theseus.api.CodeChange;
import io.theseus.benchmarks.fleet.api.Held;
import io.theseus.benchmarks.fleet.api.Hoard;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;

/** Has records of its own, and makes them out of those of the version before. */
public final class Rewritten extends Keeper<Own> implements CodeChange<Hoard<Held>> {
    @Override
    Own row(long key, String text) {
        return new Own(key, text);
    }

    @Override
    public Hoard<Held> suspend() {
        return new Hoard<>(counter(), Collections.unmodifiableMap(rows()));
    }

    @Override
    public void codeChange(Hoard<Held> state, Change change) {
        Map<Long, Own> mine = new HashMap<>(state.rows().size() * 2);
        state.rows().forEach((key, row) -> mine.put(key, row(row.amount(), row.text())));
        take(state.calls(), mine);
    }

    @Override
    public void resume() {
        fill();
    }
}
