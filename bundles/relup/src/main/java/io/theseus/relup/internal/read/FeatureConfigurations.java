// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup.internal.read;

import io.theseus.release.ConfigurationText;
import io.theseus.release.Features;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The {@code <config>} elements of features. What Karaf reads otherwise than the text says is refused. Thread safety: for one thread. */
final class FeatureConfigurations {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]+(~[A-Za-z0-9._~-]+)?");
    private static final List<String> CHANGING = List.of("append", "override", "external");
    private static final Set<String> YES = Set.of("true", "1");
    /** Only what is in front of the first line and behind the last one. */
    private static final Pattern AROUND = Pattern.compile("^\\s+|(?:\\R[ \\t]*)+$");

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
                        config.attribute(attribute).filter(YES::contains).isPresent())
                .forEach(
                        attribute -> problems.add(
                                config.place(),
                                "<config " + attribute + "=\"true\"> is not supported",
                                "leave it out: a configuration is brought where there is none. An appup changes one, with set_config"));
        String text = AROUND.matcher(config.content()).replaceAll("");
        try {
            ConfigurationText.properties(text);
        } catch (IllegalArgumentException e) {
            problems.add(
                    config.place(),
                    "the configuration " + name + " " + e.getMessage(),
                    "write plain properties, or let an appup make it, with set_config");
            return;
        }
        String first = texts.putIfAbsent(name, text);
        boolean twice = texts.keySet().stream()
                .anyMatch(other -> !other.equals(name) && Features.pid(other).equals(Features.pid(name)));
        if (twice || (first != null && !first.equals(text))) {
            problems.add(config.place(), "the configuration " + name + " is in it twice, differently", "remove one");
        }
    }
}
