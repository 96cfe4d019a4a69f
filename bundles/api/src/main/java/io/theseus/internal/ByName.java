// SPDX-License-Identifier: Apache-2.0
package io.theseus.internal;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.RandomAccess;
import java.util.function.Function;

/**
 * Things in their order, which are found by name without a look at all of them: a release or a container may have hundreds, and is asked for each
 * of them, while callers wait too. Thread safety: immutable.
 */
public final class ByName<T> extends AbstractList<T> implements RandomAccess {
    private final List<T> all;
    private final Map<String, List<T>> named = new HashMap<>();

    private ByName(List<T> all, Function<T, String> name) {
        this.all = all;
        for (T each : all) {
            named.computeIfAbsent(name.apply(each), any -> new ArrayList<>(1)).add(each);
        }
    }

    /** @param things found by the same name, if they can be already */
    public static <T> ByName<T> of(Collection<T> things, Function<T, String> name) {
        return things instanceof ByName<T> known ? known : new ByName<>(List.copyOf(things), name);
    }

    /** Those of a name, in their order. */
    public List<T> named(String name) {
        return named.getOrDefault(name, List.of());
    }

    @Override
    public T get(int index) {
        return all.get(index);
    }

    @Override
    public int size() {
        return all.size();
    }
}
