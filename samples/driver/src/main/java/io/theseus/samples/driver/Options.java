// SPDX-License-Identifier: Apache-2.0
package io.theseus.samples.driver;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How to drive.
 *
 * @param calls how many calls each phase makes at least
 * @param rate calls a second of all connections together; 0 for as many as possible
 * @param accounts accounts to open before the first phase
 * @param bake as the shell takes it, as in {@code 5s}
 */
record Options(int httpPort, int calls, int connections, int rate, int accounts, String bake) {
    Options {
        if (calls < 1 || connections < 1 || rate < 0 || accounts < connections) {
            throw new IllegalArgumentException(
                    "calls and connections must be 1 or more, accounts not fewer than connections");
        }
    }

    /** Reads {@code --name value} pairs. */
    static Map<String, String> pairs(String... args) {
        Map<String, String> pairs = new HashMap<>();
        for (int i = 0; i < args.length; i += 2) {
            if (!args[i].startsWith("--") || i + 1 == args.length) {
                throw new IllegalArgumentException(args[i] + " is not an option with a value");
            }
            pairs.put(args[i].substring(2), args[i + 1]);
        }
        return pairs;
    }

    static Options of(Map<String, String> pairs) {
        return new Options(
                number(pairs, "http-port", null),
                number(pairs, "calls", "100000"),
                number(pairs, "connections", "8"),
                number(pairs, "rate", "4000"),
                number(pairs, "accounts", "100000"),
                pairs.getOrDefault("bake", "5s"));
    }

    static int number(Map<String, String> pairs, String name, @Nullable String otherwise) {
        String text = pairs.getOrDefault(name, otherwise == null ? "" : otherwise);
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("--" + name + " wants a number, not '" + text + "'", e);
        }
    }
}
