// SPDX-License-Identifier: Apache-2.0
package io.theseus.framework.internal;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The bundles that an operator lets no release change, by their symbolic names, as {@code etc/io.theseus.framework.cfg} has them.
 *
 * @param names with {@code *} for anything
 * @param not what is on the list all the same and may change
 */
record Sticky(List<String> names, List<String> not) {
    static final String KEY = "sticky";

    /** What acts on behalf of everybody in a Karaf. The health checks of Felix and the applications of Aries are not in it. */
    static final Sticky DEFAULT = list(List.of(
            "org.apache.karaf.*",
            "!org.apache.karaf.cellar.*",
            "!org.apache.karaf.decanter.*",
            "!org.apache.karaf.examples.*",
            "org.ops4j.pax.logging.*",
            "org.ops4j.pax.url.*",
            "org.ops4j.pax.web.*",
            "org.apache.felix.configadmin",
            "org.apache.felix.configadmin.plugin.*",
            "org.apache.felix.configurator",
            "org.apache.felix.coordinator",
            "org.apache.felix.eventadmin",
            "org.apache.felix.fileinstall",
            "org.apache.felix.http.*",
            "org.apache.felix.metatype",
            "org.apache.felix.scr",
            "org.apache.aries.blueprint.*",
            "org.apache.aries.jmx.*",
            "org.apache.aries.proxy"));

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.*-]+");

    /**
     * Nothing is on a list that is there and empty.
     *
     * @param complaint hears of every entry that is no name; it is left out
     */
    static Sticky of(Map<String, ?> properties, Consumer<String> complaint) {
        @Nullable Object value = properties.get(KEY);
        return value == null
                ? DEFAULT
                : list(entries(value).filter(entry -> isName(entry, complaint)).toList());
    }

    private static Stream<String> entries(Object value) {
        Stream<?> texts = value instanceof Collection<?> several
                ? several.stream()
                : value instanceof Object[] array ? Arrays.stream(array) : Stream.of(value);
        return texts.flatMap(text -> Stream.of(text.toString().split("[,\\s]+")))
                .filter(entry -> !entry.isEmpty());
    }

    private static boolean isName(String entry, Consumer<String> complaint) {
        boolean name =
                NAME.matcher(takesOut(entry) ? entry.substring(1) : entry).matches();
        if (!name) {
            complaint.accept(KEY + ": " + entry + " is no symbolic name, with or without *; it is left out");
        }
        return name;
    }

    private static Sticky list(List<String> entries) {
        return new Sticky(
                entries.stream().filter(entry -> !takesOut(entry)).toList(),
                entries.stream()
                        .filter(Sticky::takesOut)
                        .map(entry -> entry.substring(1))
                        .toList());
    }

    private static boolean takesOut(String entry) {
        return entry.startsWith("!");
    }

    /** The entry by which a bundle is on the list. */
    Optional<String> entry(String symbolicName) {
        return matching(not, symbolicName).isPresent() ? Optional.empty() : matching(names, symbolicName);
    }

    private static Optional<String> matching(List<String> entries, String symbolicName) {
        return entries.stream().filter(entry -> matches(entry, symbolicName)).findFirst();
    }

    // Every bundle is asked for, with every picture that is taken: no place for regular expressions.
    private static boolean matches(String entry, String name) {
        int star = entry.indexOf('*');
        if (star < 0) {
            return entry.equals(name);
        }
        if (!name.regionMatches(0, entry, 0, star)) {
            return false;
        }
        String rest = entry.substring(star + 1);
        return rest.isEmpty()
                || IntStream.rangeClosed(star, name.length()).anyMatch(i -> matches(rest, name.substring(i)));
    }
}
