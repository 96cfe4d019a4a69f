// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal.state;

import io.theseus.api.CodeChange;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Types as declared, with type variables replaced by what they stand for. */
final class StateType {
    private StateType() {}

    /** The S of the {@code CodeChange<S>} a class implements, directly or through its supertypes; empty when it is raw. */
    static Optional<Type> of(Class<?> component) {
        return find(component, Map.of()).filter(type -> !(type instanceof TypeVariable<?>));
    }

    /** What a type variable stands for inside {@code owner}, a class or a parameterized record. */
    static Map<TypeVariable<?>, Type> bindings(Type owner) {
        Map<TypeVariable<?>, Type> result = new HashMap<>();
        if (owner instanceof ParameterizedType type && type.getRawType() instanceof Class<?> raw) {
            TypeVariable<?>[] variables = raw.getTypeParameters();
            for (int i = 0; i < variables.length; i++) {
                result.put(variables[i], type.getActualTypeArguments()[i]);
            }
        }
        return result;
    }

    static Type bind(Type type, Map<TypeVariable<?>, Type> bindings) {
        if (type instanceof TypeVariable<?> variable) {
            return bindings.getOrDefault(variable, variable);
        }
        if (type instanceof ParameterizedType parameterized && parameterized.getRawType() instanceof Class<?> raw) {
            List<Type> arguments = new ArrayList<>();
            for (Type argument : parameterized.getActualTypeArguments()) {
                arguments.add(bind(argument, bindings));
            }
            return new Generic(raw, arguments);
        }
        if (type instanceof WildcardType wildcard && wildcard.getUpperBounds()[0] != Object.class) {
            return bind(wildcard.getUpperBounds()[0], bindings);
        }
        return type;
    }

    static Optional<Class<?>> raw(Type type) {
        if (type instanceof Class<?> plain) {
            return Optional.of(plain);
        }
        return type instanceof ParameterizedType parameterized && parameterized.getRawType() instanceof Class<?> generic
                ? Optional.of(generic)
                : Optional.empty();
    }

    static List<Type> arguments(Type type) {
        return type instanceof ParameterizedType parameterized
                ? List.of(parameterized.getActualTypeArguments())
                : List.of();
    }

    private static Optional<Type> find(Type type, Map<TypeVariable<?>, Type> bindings) {
        Type bound = bind(type, bindings);
        Optional<Class<?>> raw = raw(bound);
        if (raw.isEmpty()) {
            return Optional.empty();
        }
        if (raw.get() == CodeChange.class) {
            return arguments(bound).stream().findFirst();
        }
        List<Type> supers = new ArrayList<>(List.of(raw.get().getGenericInterfaces()));
        Type superclass = raw.get().getGenericSuperclass();
        if (superclass != null) {
            supers.add(superclass);
        }
        return supers.stream()
                .flatMap(each -> find(each, bindings(bound)).stream())
                .findFirst();
    }

    /** A generic class with its arguments; equal when class and arguments are the same. */
    record Generic(Class<?> raw, List<Type> arguments) implements ParameterizedType {
        Generic {
            arguments = List.copyOf(arguments);
        }

        @Override
        public Type[] getActualTypeArguments() {
            return arguments.toArray(new Type[0]);
        }

        @Override
        public Type getRawType() {
            return raw;
        }

        @Override
        public @Nullable Type getOwnerType() {
            return raw.getDeclaringClass();
        }

        @Override
        public String toString() {
            StringBuilder text = new StringBuilder(raw.getSimpleName()).append('<');
            for (int i = 0; i < arguments.size(); i++) {
                text.append(i == 0 ? "" : ", ").append(name(arguments.get(i)));
            }
            return text.append('>').toString();
        }
    }

    /** A type as its author would write it. */
    static String name(Type type) {
        return type instanceof Class<?> plain
                ? plain.getSimpleName()
                : bind(type, Map.of()).toString();
    }
}
