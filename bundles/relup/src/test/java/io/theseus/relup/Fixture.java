// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A case of a fixture file: cases begin with {@code #### title}, their sections with {@code == name}. */
record Fixture(String title, Map<String, String> sections) {
    static List<Fixture> all(String file) {
        try (InputStream stream = Fixture.class.getResourceAsStream("/" + file)) {
            String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            List<Fixture> fixtures = new ArrayList<>();
            for (String part : text.split("(?m)^#### ")) {
                if (!part.isBlank()) {
                    fixtures.add(fixture(part));
                }
            }
            return fixtures;
        } catch (IOException e) {
            throw new IllegalStateException(file, e);
        }
    }

    private static Fixture fixture(String text) {
        String[] parts = text.split("(?m)^== ");
        Map<String, String> sections = new LinkedHashMap<>();
        for (int i = 1; i < parts.length; i++) {
            int end = parts[i].indexOf('\n');
            sections.put(
                    parts[i].substring(0, end).strip(),
                    parts[i].substring(end + 1).stripTrailing());
        }
        return new Fixture(parts[0].strip(), sections);
    }

    String section(String name) {
        return sections.getOrDefault(name, "");
    }

    @Override
    public String toString() {
        return title;
    }
}
