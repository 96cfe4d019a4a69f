// SPDX-License-Identifier: Apache-2.0
package io.theseus.switchboard.internal.stable;

import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import sample.api.Odd;

@SuppressWarnings("ComparableType")
final class OddTarget implements Odd<String> {
    static final IOException FAILURE = new IOException("as it was");

    @Override
    public long sum(byte a, short b, char c, int d, long e, float f, double g, boolean h) {
        return (long) (a + b + c + d + e + f + g) + (h ? 1 : 0);
    }

    @Override
    public double twice(double value, long padding, double other) {
        return 2 * (value + other);
    }

    @Override
    public boolean not(boolean value) {
        return !value;
    }

    @Override
    public char next(char value) {
        return (char) (value + 1);
    }

    @Override
    public byte[] bytes(byte... values) {
        return values;
    }

    @Override
    public String largest(String... values) {
        return Arrays.stream(values).max(Comparator.naturalOrder()).orElseThrow();
    }

    @Override
    public String greet(String name) {
        return Odd.super.greet(name) + ", really";
    }

    @Override
    public void fails() throws IOException {
        throw FAILURE;
    }

    @Override
    public List<String> value(List<String> given) {
        return given;
    }

    @Override
    @SuppressWarnings({"NoClone", "CloneableImplementsClone"})
    public Object clone() {
        return "copy";
    }

    @Override
    public boolean equals(Object other) {
        throw new AssertionError("the target is not asked");
    }

    @Override
    public int hashCode() {
        throw new AssertionError("the target is not asked");
    }

    @Override
    public int compareTo(Odd<String> other) {
        return 42;
    }
}
