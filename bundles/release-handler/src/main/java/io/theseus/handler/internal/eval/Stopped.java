// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal.eval;

import io.theseus.port.CodeServer;
import io.theseus.port.Requirements.Around;
import java.util.HashSet;
import java.util.Set;

/**
 * What has stopped in an install that is under way: features of anybody do not start it again, beside its successor. What the install itself
 * starts is taken from here first, since it has to start whatever an operation does meanwhile.
 *
 * <p>Thread safety: safe for use by many threads.
 */
final class Stopped implements Around {
    private final CodeServer code;
    private final Set<Long> ids = new HashSet<>();
    private final Set<Long> barred = new HashSet<>();
    private boolean starting;

    Stopped(CodeServer code) {
        this.code = code;
    }

    synchronized void add(long bundle) {
        ids.add(bundle);
        if (starting) {
            bar(Set.of(bundle));
        }
    }

    /** Answers whether it was barred, and so it is not remembered any more whether it starts with the container. */
    synchronized boolean remove(long bundle) {
        if (ids.remove(bundle)) {
            code.unbar(Set.of(bundle));
        }
        return barred.remove(bundle);
    }

    @Override
    public synchronized void before() {
        starting = true;
        bar(Set.copyOf(ids));
    }

    @Override
    public synchronized void after() {
        starting = false;
        code.unbar(Set.copyOf(ids));
    }

    private void bar(Set<Long> bundles) {
        barred.addAll(bundles);
        code.bar(bundles);
    }
}
