// SPDX-License-Identifier: Apache-2.0
package io.theseus.samples.checkout;

import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/** One line of text: the versions met, then names and numbers. Thread safety: for one thread at a time. */
final class Receipt {
    private final List<String> versions = new ArrayList<>();
    private final StringJoiner numbers = new StringJoiner(" ");

    Receipt met(String version) {
        versions.add(version);
        return this;
    }

    Receipt met(List<String> others) {
        versions.addAll(others);
        return this;
    }

    Receipt put(String name, long number) {
        numbers.add(name + '=' + number);
        return this;
    }

    @Override
    public String toString() {
        return "versions=[" + String.join(",", versions) + "] " + numbers + '\n';
    }
}
