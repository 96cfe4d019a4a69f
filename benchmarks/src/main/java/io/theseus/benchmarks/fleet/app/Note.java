// SPDX-License-Identifier: Apache-2.0
package io.theseus.benchmarks.fleet.app;

/** What the version of an application shows in. */
final class Note {
    /** Replaced by the version when the application is made. */
    static final String VERSION = "@version@";

    private Note() {}

    static String together(String others) {
        return others.equals(VERSION) ? VERSION : "mixed";
    }
}
