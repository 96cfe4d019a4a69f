// SPDX-License-Identifier: Apache-2.0
package io.theseus.framework.internal;

import io.theseus.release.Features;
import java.io.IOException;
import java.io.StringReader;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

/**
 * A configuration that a feature brings, as Karaf makes it.
 *
 * @param name a PID, or a factory PID, {@code -} or {@code ~}, and a name
 * @param text its properties
 */
record FeatureConfiguration(String name, String text) {
    /** By this property Karaf knows it again. */
    private static final String KEY = "org.apache.karaf.features.configKey";

    String pid() {
        return Features.pid(name);
    }

    String file() {
        return Features.file(name);
    }

    Map<String, Object> properties() throws IOException {
        Properties read = new Properties();
        read.load(new StringReader(text));
        Map<String, Object> properties = new HashMap<>();
        read.stringPropertyNames().forEach(key -> properties.put(key, read.getProperty(key)));
        properties.put(KEY, name);
        return properties;
    }

    /** Of the file, so that it has the same properties; with its comments. */
    String content() {
        StringBuilder content = new StringBuilder();
        (text + "\n" + KEY + " = " + name + "\n")
                .chars()
                .forEach(c -> content.append(c > '~' ? String.format("\\u%04x", c) : String.valueOf((char) c)));
        return content.toString();
    }
}
