// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup.internal.read;

import io.theseus.relup.Place;
import java.util.List;

/** A YAML document as a tree that knows where everything stands. Without aliases and tags, and of limited depth. */
public sealed interface Yaml {
    Place place();

    /** What it is, for a message. */
    String kind();

    /**
     * A scalar.
     *
     * @param text as written, without quotes
     * @param type what YAML's core rules make of it
     */
    record Scalar(Place place, String text, Type type) implements Yaml {
        /** The types of JSON. */
        public enum Type {
            TEXT,
            INTEGER,
            DECIMAL,
            BOOLEAN,
            NULL
        }

        @Override
        public String kind() {
            return type == Type.NULL ? "nothing" : "'" + text + "'";
        }
    }

    /** A list. */
    record Sequence(Place place, List<Yaml> items) implements Yaml {
        @Override
        public String kind() {
            return "a list";
        }
    }

    /** A map; every key once. */
    record Mapping(Place place, List<Field> fields) implements Yaml {
        @Override
        public String kind() {
            return "a map";
        }
    }

    /** One entry of a map. */
    record Field(Scalar key, Yaml value) {}
}
