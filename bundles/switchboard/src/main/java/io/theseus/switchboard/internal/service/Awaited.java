// SPDX-License-Identifier: Apache-2.0
package io.theseus.switchboard.internal.service;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which services bundles listen for, roughly: a bundle that has ever listened for a type is taken to do so until it stops. To tell of a service
 * whom nobody listens for is, in Felix, a look at every listener all the same.
 *
 * <p>A bundle that begins to listen while this is asked misses nothing: it looks for what is there after it has begun.
 *
 * <p>Thread safety: safe for use by many threads.
 */
public final class Awaited {
    private static final Pattern TYPE =
            Pattern.compile("\\(\\s*objectClass\\s*=([^()*~<>\\\\]+)\\)", Pattern.CASE_INSENSITIVE);
    private static final String ANY = "*";

    /** Of a bundle. */
    private final Map<Long, Set<String>> types = new ConcurrentHashMap<>();
    /** Of a type. */
    private final Map<String, Set<Long>> bundles = new ConcurrentHashMap<>();

    /** @param filter null for all services */
    public void listens(long bundle, @Nullable String filter) {
        Matcher matcher = TYPE.matcher(filter == null ? "" : filter);
        boolean found = false;
        while (matcher.find()) {
            add(bundle, matcher.group(1).strip());
            found = true;
        }
        // What a negation or an alternative leaves over may be anything.
        if (!found || filter == null || filter.contains("!") || filter.contains("|")) {
            add(bundle, ANY);
        }
    }

    private void add(long bundle, String type) {
        with(types, bundle, type);
        with(bundles, type, bundle);
    }

    /** In one step: an empty set may be dropped at the same time. */
    private static <K, V> void with(Map<K, Set<V>> map, K key, V value) {
        map.compute(key, (same, before) -> {
            Set<V> values = before == null ? ConcurrentHashMap.newKeySet() : before;
            values.add(value);
            return values;
        });
    }

    /** A bundle has stopped: its listeners are gone. */
    public void forget(long bundle) {
        Set<String> of = types.remove(bundle);
        if (of != null) {
            of.forEach(type -> bundles.computeIfPresent(type, (name, listening) -> {
                listening.remove(bundle);
                return listening.isEmpty() ? null : listening;
            }));
        }
    }

    /** Whether one of the bundles that are meant listens for a service under one of the names. */
    boolean by(LongPredicate meant, String[] names) {
        return Stream.concat(Stream.of(ANY), Stream.of(names))
                .flatMap(type -> bundles.getOrDefault(type, Set.of()).stream())
                .anyMatch(meant::test);
    }
}
