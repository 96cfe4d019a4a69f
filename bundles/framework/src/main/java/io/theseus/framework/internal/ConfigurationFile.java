// SPDX-License-Identifier: Apache-2.0
package io.theseus.framework.internal;

import java.io.IOException;
import java.lang.reflect.Array;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A {@code .cfg} file of a configuration. Once it is there, Felix File Install keeps it like the configuration, in both
 * directions; a new one it must be given. Thread safety: stateless.
 */
final class ConfigurationFile {
    /** By this property a configuration knows its file. */
    static final String NAME = "felix.fileinstall.filename";

    /** {@code ~} parts a factory from its instance. */
    private static final Pattern PID = Pattern.compile("[A-Za-z0-9._-]+(~[A-Za-z0-9._~-]+)?");

    private ConfigurationFile() {}

    /** Whether a PID can be its name. */
    static boolean isFor(String pid) {
        return PID.matcher(pid).matches();
    }

    /** As File Install writes it, which compares it as text. */
    static String name(Path file) {
        return file.toAbsolutePath().toFile().toURI().toString();
    }

    static Optional<Path> of(Map<String, Object> properties) {
        Object name = properties.get(NAME);
        try {
            return name == null ? Optional.empty() : Optional.of(Path.of(URI.create(name.toString())));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    static Optional<String> content(Map<String, Object> properties) throws IOException {
        Optional<Path> file = of(properties).filter(Files::isRegularFile);
        return file.isEmpty()
                ? Optional.empty()
                : Optional.of(Files.readString(file.get(), StandardCharsets.ISO_8859_1));
    }

    static void write(Path file, String content) throws IOException {
        Files.writeString(file, content, StandardCharsets.ISO_8859_1);
    }

    static void delete(Map<String, Object> properties) throws IOException {
        Optional<Path> file = of(properties);
        if (file.isPresent()) {
            Files.deleteIfExists(file.get());
        }
    }

    /** Typed values in the syntax of File Install: {@code port = I"8181"}. */
    static String text(Map<String, Object> properties) {
        StringBuilder text = new StringBuilder();
        new TreeMap<>(properties)
                .forEach((key, value) ->
                        text.append(key).append(" = ").append(value(value)).append('\n'));
        return text.toString();
    }

    private static String value(Object value) {
        if (!value.getClass().isArray()) {
            return type(value.getClass()) + quoted(value);
        }
        StringBuilder list = new StringBuilder(type(value.getClass().getComponentType())).append('[');
        for (int i = 0; i < Array.getLength(value); i++) {
            list.append(i == 0 ? "" : ",").append(quoted(Array.get(value, i)));
        }
        return list.append(']').toString();
    }

    private static String type(Class<?> type) {
        return type == String.class ? "" : type.getSimpleName().substring(0, 1);
    }

    private static String quoted(Object value) {
        StringBuilder quoted = new StringBuilder("\"");
        for (char c : String.valueOf(value).toCharArray()) {
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ' || c > '~') {
                quoted.append(String.format("\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
