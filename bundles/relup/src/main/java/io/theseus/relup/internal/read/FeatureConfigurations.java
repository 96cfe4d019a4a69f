// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup.internal.read;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The {@code <config>} elements of features. What Karaf reads otherwise than the text says is refused. Thread safety: for one thread. */
final class FeatureConfigurations {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]+(~[A-Za-z0-9._~-]+)?");
    /** A typed value, in the syntax of File Install. */
    private static final Pattern TYPED = Pattern.compile("(?s)[A-Za-z]?(\".*\"|\\[.*]|\\(.*\\))");

    private static final List<String> CHANGING = List.of("append", "override", "external");

    private final Problems problems;
    private final Map<String, String> texts = new TreeMap<>();

    FeatureConfigurations(Problems problems) {
        this.problems = problems;
    }

    Map<String, String> texts() {
        return texts;
    }

    void add(Xml config) {
        String name = config.attribute("name").orElse("");
        if (!NAME.matcher(name).matches()) {
            problems.add(config.place(), "'" + name + "' is no PID", "write name=\"com.acme.ledger\"");
            return;
        }
        CHANGING.stream()
                .filter(attribute ->
                        config.attribute(attribute).filter("true"::equals).isPresent())
                .forEach(
                        attribute -> problems.add(
                                config.place(),
                                "<config " + attribute + "=\"true\"> is not supported",
                                "leave it out: a configuration is brought where there is none. An appup changes one, with set_config"));
        if (!readable(config.text())) {
            problems.add(
                    config.place(),
                    "the configuration " + name + " has JSON, ${...} or typed values, which are not read here",
                    "write plain properties, or let an appup make it, with set_config");
            return;
        }
        String first = texts.putIfAbsent(name, config.text());
        if (first != null && !first.equals(config.text())) {
            problems.add(config.place(), "the configuration " + name + " is in it twice, differently", "remove one");
        }
    }

    private static boolean readable(String text) {
        try {
            Properties properties = new Properties();
            properties.load(new StringReader(text));
            return !text.startsWith("{")
                    && !text.contains("${")
                    && properties.values().stream()
                            .noneMatch(value -> TYPED.matcher(value.toString()).matches());
        } catch (IllegalArgumentException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
