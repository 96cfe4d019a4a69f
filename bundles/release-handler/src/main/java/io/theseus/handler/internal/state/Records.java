// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal.state;

import io.theseus.api.StateDefault;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Types of the application's own: records by component name, enums by constant name, sealed families by record name. */
final class Records {
    private final Pairing pairing;
    private final Handing handing;

    Records(Pairing pairing, Handing handing) {
        this.pairing = pairing;
        this.handing = handing;
    }

    Optional<Conversion> pair(Type from, Type to) {
        Class<?> before = StateType.raw(from).orElseThrow();
        Class<?> after = StateType.raw(to).orElseThrow();
        if (before.isRecord() && after.isRecord()) {
            return Optional.of(record(from, to));
        }
        if (before.isEnum() && after.isEnum()) {
            return Optional.of(constants(before, after));
        }
        if (before.isSealed() && after.isSealed()) {
            return Optional.of(family(before, after));
        }
        return Optional.empty();
    }

    private Conversion record(Type from, Type to) {
        Class<?> before = StateType.raw(from).orElseThrow();
        Class<?> after = StateType.raw(to).orElseThrow();
        Map<TypeVariable<?>, Type> old = StateType.bindings(from);
        Map<TypeVariable<?>, Type> next = StateType.bindings(to);
        Map<String, RecordComponent> there = new HashMap<>();
        for (RecordComponent component : before.getRecordComponents()) {
            there.put(component.getName(), component);
        }
        RecordShape shape = new RecordShape(after);
        for (RecordComponent component : after.getRecordComponents()) {
            RecordComponent source = there.remove(component.getName());
            if (source == null) {
                shape.constant(added(after, component));
            } else {
                String place = "'" + component.getName() + "' of record " + after.getSimpleName();
                shape.part(
                        source,
                        pairing.pair(
                                StateType.bind(source.getGenericType(), old),
                                StateType.bind(component.getGenericType(), next),
                                place));
            }
        }
        for (String lost : there.keySet()) {
            if (!handing.mayLose(before, lost)) {
                handing.refuse(
                        "record " + before.getSimpleName() + " loses '" + lost + "'",
                        "keep it, or permit the loss in the appup: allow_loss: [" + lost + "]");
            }
        }
        return pairing.of(shape);
    }

    private @Nullable Object added(Class<?> record, RecordComponent component) {
        StateDefault value = component.getAnnotation(StateDefault.class);
        String what = "record " + record.getSimpleName() + " adds '" + component.getName() + "'";
        if (value == null) {
            handing.refuse(what + " without saying what it is for the old state", "add @StateDefault(\"...\") to it");
            return null;
        }
        try {
            return Defaults.parse(value.value(), component.getType());
        } catch (IllegalArgumentException | java.time.DateTimeException e) {
            handing.refuse(
                    what + ", and its default '" + value.value() + "' is no "
                            + component.getType().getSimpleName(),
                    "");
            return null;
        }
    }

    private Conversion constants(Class<?> before, Class<?> after) {
        Map<String, Object> next = Arrays.stream(after.getEnumConstants())
                .collect(Collectors.toMap(each -> ((Enum<?>) each).name(), Function.identity()));
        for (Object constant : before.getEnumConstants()) {
            String name = ((Enum<?>) constant).name();
            if (!next.containsKey(name)) {
                handing.refuse("enum " + after.getSimpleName() + " no longer has " + name, "keep the constant");
            }
        }
        return Conversion.ofPresent(value -> next.get(((Enum<?>) Objects.requireNonNull(value)).name()));
    }

    private Conversion family(Class<?> before, Class<?> after) {
        Map<String, Class<?>> next =
                members(after).collect(Collectors.toMap(Class::getSimpleName, m -> m, (a, b) -> a));
        Map<Class<?>, Conversion> conversions = new HashMap<>();
        members(before).forEach(member -> {
            Class<?> successor = next.get(member.getSimpleName());
            if (successor == null) {
                handing.refuse(after.getSimpleName() + " no longer has " + member.getSimpleName(), "keep it");
            } else {
                conversions.put(
                        member,
                        pairing.pair(member, successor, member.getSimpleName() + " of " + before.getSimpleName()));
            }
        });
        return Conversion.ofPresent(value -> {
            Class<?> kind = Objects.requireNonNull(value).getClass();
            Conversion conversion = conversions.get(kind.isAnonymousClass() ? kind.getSuperclass() : kind);
            if (conversion == null) {
                throw new StateException(handing.where() + ": " + kind.getName() + " is not converted", null);
            }
            return conversion.convert(value);
        });
    }

    private static Stream<Class<?>> members(Class<?> family) {
        Class<?>[] permitted = family.getPermittedSubclasses();
        return permitted == null || family.isEnum()
                ? Stream.of(family)
                : List.of(permitted).stream().flatMap(Records::members);
    }
}
