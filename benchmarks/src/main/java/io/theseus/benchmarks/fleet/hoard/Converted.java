// SPDX-License-Identifier: Apache-2.0
package io.theseus.benchmarks.fleet.hoard;

import io.theseus.api.Change;
import io.theseus.api.CodeChange;

/** Has records of its own, which Theseus converts. */
public final class Converted extends Keeper<Own> implements CodeChange<Books> {
    @Override
    Own row(long key, String text) {
        return new Own(key, text);
    }

    @Override
    public Books suspend() {
        return new Books(counter(), rows());
    }

    @Override
    public void codeChange(Books state, Change change) {
        take(state.calls(), state.rows());
    }

    @Override
    public void resume() {
        fill();
    }
}
