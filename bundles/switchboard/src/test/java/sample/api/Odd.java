// SPDX-License-Identifier: Apache-2.0
package sample.api;

import java.io.IOException;
import java.util.List;

/** Signatures of all kinds. */
public interface Odd<T extends Comparable<T>> extends OddParent<List<T>>, Comparable<Odd<T>> {
    long sum(byte a, short b, char c, int d, long e, float f, double g, boolean h);

    double twice(double value, long padding, double other);

    boolean not(boolean value);

    char next(char value);

    byte[] bytes(byte... values);

    @SuppressWarnings("unchecked")
    T largest(T... values);

    default String greet(String name) {
        return "hello " + name;
    }

    void fails() throws IOException;

    @Override
    List<T> value(List<T> given);

    Object clone();

    @Override
    boolean equals(Object other);

    static int constant() {
        return 7;
    }
}
