// SPDX-License-Identifier: Apache-2.0
package io.theseus.shell.internal;

import io.theseus.release.Problem;
import io.theseus.release.RefusedException;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.karaf.shell.api.action.Option;

/**
 * Options behind arguments, as in {@code release:install shop/2.0.0 --bake 30s}. Karaf reads options only before the
 * first argument and takes everything behind it for arguments. Options are {@code boolean} or {@code String}: Karaf converts
 * words to nothing else reliably.
 */
final class TrailingOptions {
    private final Object command;
    private final Map<String, Field> fields = new LinkedHashMap<>();

    TrailingOptions(Object command) {
        this.command = command;
        for (Class<?> type = command.getClass(); type != Object.class; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                Option option = field.getAnnotation(Option.class);
                if (option != null) {
                    fields.put(option.name(), field);
                    for (String alias : option.aliases()) {
                        fields.put(alias, field);
                    }
                }
            }
        }
    }

    /**
     * Sets the options among the words.
     *
     * @return the other words
     * @throws RefusedException {@code bad-argument}
     */
    List<String> take(List<String> words) {
        List<String> others = new ArrayList<>();
        for (Iterator<String> rest = words.iterator(); rest.hasNext(); ) {
            String word = rest.next();
            if (word.startsWith("-")) {
                take(word, rest);
            } else {
                others.add(word);
            }
        }
        return others;
    }

    private void take(String word, Iterator<String> rest) {
        int equals = word.indexOf('=');
        String name = equals < 0 ? word : word.substring(0, equals);
        Field field = fields.get(name);
        if (field == null) {
            throw refusal(name, "there is no such option", "there are " + String.join(" ", fields.keySet()));
        }
        if (equals >= 0) {
            set(field, word.substring(equals + 1));
        } else if (field.getType() == boolean.class) {
            set(field, "true");
        } else if (rest.hasNext()) {
            set(field, rest.next());
        } else {
            throw refusal(name, "a value is missing", "");
        }
    }

    private void set(Field field, String text) {
        try {
            field.setAccessible(true);
            if (field.getType() == boolean.class) {
                field.setBoolean(command, Boolean.parseBoolean(text));
            } else {
                field.set(command, text);
            }
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(field + " can not be set", e);
        }
    }

    private static RefusedException refusal(String option, String text, String hint) {
        return new RefusedException(new Problem("bad-argument", option, text, hint));
    }
}
