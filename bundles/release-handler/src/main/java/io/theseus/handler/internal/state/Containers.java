// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal.state;

import java.lang.reflect.Array;
import java.lang.reflect.Type;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Collections, maps, arrays and optionals: a new one, of the kind that the successor declares, with every part converted. */
final class Containers {
    private static final Map<Class<?>, Function<Collection<?>, Collection<Object>>> COLLECTIONS = Map.ofEntries(
            Map.entry(Collection.class, old -> new ArrayList<>(old.size())),
            Map.entry(List.class, old -> new ArrayList<>(old.size())),
            Map.entry(ArrayList.class, old -> new ArrayList<>(old.size())),
            Map.entry(Queue.class, old -> new ArrayDeque<>(old.size() + 1)),
            Map.entry(Deque.class, old -> new ArrayDeque<>(old.size() + 1)),
            Map.entry(ArrayDeque.class, old -> new ArrayDeque<>(old.size() + 1)),
            Map.entry(Set.class, old -> new LinkedHashSet<>(old.size() * 2)),
            Map.entry(HashSet.class, old -> new HashSet<>(old.size() * 2)),
            Map.entry(LinkedHashSet.class, old -> new LinkedHashSet<>(old.size() * 2)),
            Map.entry(SortedSet.class, Containers::sortedSet),
            Map.entry(NavigableSet.class, Containers::sortedSet),
            Map.entry(TreeSet.class, Containers::sortedSet));

    private static final Map<Class<?>, Function<Map<?, ?>, Map<Object, Object>>> MAPS = Map.ofEntries(
            Map.entry(Map.class, Containers::anyMap),
            Map.entry(HashMap.class, old -> new HashMap<>(old.size() * 2)),
            Map.entry(LinkedHashMap.class, old -> new LinkedHashMap<>(old.size() * 2)),
            Map.entry(ConcurrentMap.class, old -> new ConcurrentHashMap<>(old.size() * 2)),
            Map.entry(ConcurrentHashMap.class, old -> new ConcurrentHashMap<>(old.size() * 2)),
            Map.entry(SortedMap.class, Containers::sortedMap),
            Map.entry(NavigableMap.class, Containers::sortedMap),
            Map.entry(TreeMap.class, Containers::sortedMap));

    private Containers() {}

    static Optional<Conversion> pair(Pairing pairing, Type from, Type to, String place) {
        Class<?> before = StateType.raw(from).orElseThrow();
        Class<?> after = StateType.raw(to).orElseThrow();
        if (before.isArray() && after.isArray()) {
            Class<?> part = after.getComponentType();
            return Optional.of(array(pairing.pairEach(before.getComponentType(), part, place), part));
        }
        List<Type> old = StateType.arguments(from);
        List<Type> next = StateType.arguments(to);
        if (before == Optional.class && after == Optional.class) {
            Conversion part = pairing.pair(old.get(0), next.get(0), place);
            return Optional.of(
                    Conversion.ofPresent(value -> ((Optional<?>) Objects.requireNonNull(value)).map(part::convert)));
        }
        Function<Collection<?>, Collection<Object>> collection = COLLECTIONS.get(after);
        if (collection != null && COLLECTIONS.containsKey(before)) {
            Conversion part = pairing.pairEach(old.get(0), next.get(0), "an element of " + place);
            return Optional.of(Conversion.ofPresent(value -> collection(value, collection, part)));
        }
        Function<Map<?, ?>, Map<Object, Object>> map = MAPS.get(after);
        if (map != null && MAPS.containsKey(before)) {
            Conversion key = pairing.pairEach(old.get(0), next.get(0), "a key of " + place);
            Conversion part = pairing.pairEach(old.get(1), next.get(1), "a value of " + place);
            return Optional.of(Conversion.ofPresent(value -> map(value, map, key, part)));
        }
        return Optional.empty();
    }

    @SuppressWarnings("NullAway") // collections of the application may hold null, as they did before
    private static Object collection(
            @Nullable Object value, Function<Collection<?>, Collection<Object>> kind, Conversion part) {
        Collection<?> old = (Collection<?>) value;
        Collection<Object> result = kind.apply(old);
        for (Object each : old) {
            result.add(part.convert(each));
        }
        return result;
    }

    @SuppressWarnings("NullAway") // maps of the application may hold null, as they did before
    private static Object map(
            @Nullable Object value, Function<Map<?, ?>, Map<Object, Object>> kind, Conversion key, Conversion part) {
        Map<?, ?> old = (Map<?, ?>) value;
        Map<Object, Object> result = kind.apply(old);
        old.forEach((k, v) -> result.put(key.convert(k), part.convert(v)));
        return result;
    }

    // A HashMap has no order that could be kept, and is a third smaller.
    private static Map<Object, Object> anyMap(Map<?, ?> old) {
        return old.getClass() == HashMap.class ? new HashMap<>(old.size() * 2) : new LinkedHashMap<>(old.size() * 2);
    }

    private static Conversion array(Conversion part, Class<?> type) {
        return Conversion.ofPresent(value -> {
            int length = Array.getLength(Objects.requireNonNull(value));
            Object result = Array.newInstance(type, length);
            for (int i = 0; i < length; i++) {
                Array.set(result, i, part.convert(Array.get(value, i)));
            }
            return result;
        });
    }

    private static Collection<Object> sortedSet(Collection<?> old) {
        return new TreeSet<>(old instanceof SortedSet<?> sorted ? order(sorted.comparator()) : null);
    }

    private static Map<Object, Object> sortedMap(Map<?, ?> old) {
        return new TreeMap<>(old instanceof SortedMap<?, ?> sorted ? order(sorted.comparator()) : null);
    }

    // A comparator of the application's own is old code, and would be kept by the new state for ever.
    @SuppressWarnings("unchecked")
    private static @Nullable Comparator<Object> order(@Nullable Comparator<?> comparator) {
        if (comparator != null && comparator.getClass().getClassLoader() != null) {
            throw new StateException(
                    "the state is sorted by " + comparator.getClass().getName()
                            + ", which is code of the old version; hand it over unsorted or in natural order",
                    null);
        }
        return (Comparator<Object>) comparator;
    }
}
