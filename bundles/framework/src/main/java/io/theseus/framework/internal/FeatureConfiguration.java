// SPDX-License-Identifier: Apache-2.0
package io.theseus.framework.internal;

import io.theseus.release.ConfigurationText;
import io.theseus.release.Features;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A configuration that a feature brings, as Karaf makes it.
 *
 * @param name a PID, or a factory PID, {@code -} or {@code ~}, and a name
 * @param text its properties
 */
record FeatureConfiguration(String name, String text) {
    /** A backslash that stands for nothing, and would not before an escape. */
    private static final Pattern USELESS = Pattern.compile("(?<!\\\\)((?:\\\\\\\\)*)\\\\([^\\x00-~])");

    String pid() {
        return Features.pid(name);
    }

    Optional<String> file() {
        return Features.file(pid());
    }

    /** @throws IllegalArgumentException what the text has that is not read here, as the end of a sentence */
    Map<String, Object> properties() {
        Map<String, Object> properties = new HashMap<>(ConfigurationText.properties(text));
        properties.put(Features.CONFIG_KEY, name);
        return properties;
    }

    /** Of the file, so that it has the same properties; with its comments. */
    String content() {
        StringBuilder content = new StringBuilder();
        (USELESS.matcher(text).replaceAll("$1$2") + "\n" + Features.CONFIG_KEY + " = " + name + "\n")
                .chars()
                .forEach(c -> content.append(c > '~' ? String.format("\\u%04x", c) : String.valueOf((char) c)));
        return content.toString();
    }
}
