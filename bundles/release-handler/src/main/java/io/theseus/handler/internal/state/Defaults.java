// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal.state;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/** Reads the text of {@link io.theseus.api.StateDefault}. */
final class Defaults {
    private static final Map<Class<?>, Function<String, Object>> PARSERS = Map.ofEntries(
            Map.entry(String.class, text -> text),
            Map.entry(Boolean.class, Defaults::truth),
            Map.entry(Character.class, Defaults::character),
            Map.entry(Byte.class, Byte::valueOf),
            Map.entry(Short.class, Short::valueOf),
            Map.entry(Integer.class, Integer::valueOf),
            Map.entry(Long.class, Long::valueOf),
            Map.entry(Float.class, Float::valueOf),
            Map.entry(Double.class, Double::valueOf),
            Map.entry(BigDecimal.class, BigDecimal::new),
            Map.entry(BigInteger.class, BigInteger::new));

    private static final Map<Class<?>, Supplier<Object>> EMPTY = Map.of(
            List.class, List::of,
            Set.class, Set::of,
            Map.class, Map::of,
            Optional.class, Optional::empty);

    private Defaults() {}

    /** @throws IllegalArgumentException or {@link java.time.DateTimeException} if the text is no such value */
    static Object parse(String text, Class<?> type) {
        Class<?> boxed = Scalars.box(type);
        Function<String, Object> parser = PARSERS.get(boxed);
        if (parser != null) {
            return parser.apply(text);
        }
        Supplier<Object> empty = EMPTY.get(type);
        if (empty != null && text.isEmpty()) {
            return empty.get();
        }
        if (type.isEnum()) {
            for (Object constant : type.getEnumConstants()) {
                if (((Enum<?>) constant).name().equals(text)) {
                    return constant;
                }
            }
        }
        if (type.getName().startsWith("java.time.")) {
            return time(text, type);
        }
        throw new IllegalArgumentException("'" + text + "' is no " + type.getSimpleName());
    }

    private static Object truth(String text) {
        if (!text.equals("true") && !text.equals("false")) {
            throw new IllegalArgumentException("'" + text + "' is neither true nor false");
        }
        return Boolean.valueOf(text);
    }

    private static Object character(String text) {
        if (text.length() != 1) {
            throw new IllegalArgumentException("'" + text + "' is not one character");
        }
        return text.charAt(0);
    }

    // Every type of java.time with a text form has parse(CharSequence), but the zones, which have of(String).
    private static Object time(String text, Class<?> type) {
        for (Method method : type.getMethods()) {
            boolean parser = method.getName().equals("parse") && parameters(method, CharSequence.class);
            boolean zone = method.getName().equals("of") && parameters(method, String.class);
            if ((parser || zone) && Modifier.isStatic(method.getModifiers())) {
                try {
                    return method.invoke(null, text);
                } catch (IllegalAccessException | InvocationTargetException e) {
                    throw new IllegalArgumentException("'" + text + "' is no " + type.getSimpleName(), e);
                }
            }
        }
        throw new IllegalArgumentException(type.getSimpleName() + " has no text form");
    }

    private static boolean parameters(Method method, Class<?>... types) {
        return List.of(method.getParameterTypes()).equals(List.of(types));
    }
}
