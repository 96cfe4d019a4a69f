// SPDX-License-Identifier: Apache-2.0
package io.theseus.benchmarks.fleet.hoard;

import io.theseus.api.Change;
import io.theseus.api.CodeChange;
import io.theseus.benchmarks.fleet.api.Hoard;
import io.theseus.benchmarks.fleet.api.Row;

/** Passes its entries on as they are. */
public final class Passed extends Keeper<Row> implements CodeChange<Hoard<Row>> {
    @Override
    Row row(long key, String text) {
        return new Row(key, text);
    }

    @Override
    public Hoard<Row> suspend() {
        return new Hoard<>(counter(), rows());
    }

    @Override
    public void codeChange(Hoard<Row> state, Change change) {
        take(state.calls(), state.rows());
    }

    @Override
    public void resume() {
        fill();
    }
}
