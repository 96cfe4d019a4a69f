// SPDX-License-Identifier: Apache-2.0
package io.theseus.benchmarks.bundles.money;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Amounts of cents. */
public final class Money {
    private Money() {}

    public static String text(long cents) {
        return cents / 100 + "." + cents % 100 / 10 + cents % 10;
    }

    /** The version of this library, which the bundle was made with. */
    public static String version() {
        try (InputStream file = Objects.requireNonNull(Money.class.getResourceAsStream("version"), "version")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
