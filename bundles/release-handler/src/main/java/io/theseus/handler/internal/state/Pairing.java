// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal.state;

import static io.theseus.handler.internal.state.StateType.name;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds for two declared types the conversion from one to the other: the same types pass by reference, numbers widen,
 * collections are converted part by part, records by component name, enums by constant name, sealed families by record name.
 */
final class Pairing {
    private final Handing handing;
    private final Records records;
    private final Map<Pair, Conversion> known = new HashMap<>();
    /** Whether there may be many of what is looked at. */
    private boolean many;

    private record Pair(Type before, Type after, boolean many) {}

    Pairing(Handing handing) {
        this.handing = handing;
        this.records = new Records(this, handing);
    }

    /** @param place what has these types, for messages */
    Conversion pair(Type from, Type to, String place) {
        Pair pair = new Pair(StateType.bind(from, Map.of()), StateType.bind(to, Map.of()), many);
        Conversion done = known.get(pair);
        if (done != null) {
            return done;
        }
        // A record may contain itself: until its conversion is there, its parts refer to it through this.
        Later later = new Later();
        known.put(pair, later);
        Conversion found = find(pair.before(), pair.after(), place);
        later.set(found);
        known.put(pair, found);
        return found;
    }

    /** The same for the parts of a collection. */
    Conversion pairEach(Type from, Type to, String place) {
        boolean outside = many;
        many = true;
        try {
            return pair(from, to, place);
        } finally {
            many = outside;
        }
    }

    /** A record of which there are many is worth code of its own. */
    Conversion of(RecordShape shape) {
        return many ? shape.compiled() : shape.once();
    }

    private Conversion find(Type from, Type to, String place) {
        Optional<Type> opaque = opaque(from).or(() -> opaque(to));
        if (opaque.isPresent()) {
            handing.refuse(
                    place + " is declared with " + name(opaque.get()) + ", which does not say what is in it",
                    "declare it with types that both versions share, or with records");
            return Conversion.REFERENCE;
        }
        if (from.equals(to)) {
            return Conversion.REFERENCE;
        }
        Optional<Class<?>> before = StateType.raw(from);
        Optional<Class<?>> after = StateType.raw(to);
        if (before.isPresent() && after.isPresent()) {
            Optional<Conversion> found = Scalars.widen(before.get(), after.get())
                    .or(() -> Containers.pair(this, from, to, place))
                    .or(() -> records.pair(from, to))
                    .or(() -> assignable(from, to));
            if (found.isPresent()) {
                return found.get();
            }
        }
        handing.refuse(
                place + " is a " + name(from) + " and becomes a " + name(to)
                        + ", and there is no conversion between them",
                "only records, enums, sealed families of records and collections of them are converted");
        return Conversion.REFERENCE;
    }

    // ArrayList<String> where List<String> is asked for: one shared class, the same arguments.
    private static Optional<Conversion> assignable(Type from, Type to) {
        Class<?> before = StateType.raw(from).orElseThrow();
        Class<?> after = StateType.raw(to).orElseThrow();
        boolean same = StateType.arguments(from).equals(StateType.arguments(to));
        boolean shared = before.getClassLoader() == null;
        return same && shared && after.isAssignableFrom(before) ? Optional.of(Conversion.REFERENCE) : Optional.empty();
    }

    private static Optional<Type> opaque(Type type) {
        if (type instanceof WildcardType
                || type instanceof TypeVariable<?>
                || type instanceof GenericArrayType
                || type == Object.class) {
            return Optional.of(type);
        }
        if (type instanceof Class<?> plain) {
            boolean raw = plain.getTypeParameters().length > 0;
            return raw ? Optional.of(type) : Optional.empty();
        }
        return StateType.arguments(type).stream()
                .flatMap(each -> opaque(each).stream())
                .findFirst();
    }

    /** A conversion that is known later. */
    private static final class Later implements Conversion {
        private Conversion target = Conversion.REFERENCE;

        void set(Conversion conversion) {
            target = conversion;
        }

        @Override
        public @Nullable Object convert(@Nullable Object value) {
            return target.convert(value);
        }
    }
}
