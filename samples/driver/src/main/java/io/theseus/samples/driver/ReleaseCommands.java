// SPDX-License-Identifier: Apache-2.0
package io.theseus.samples.driver;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The {@code release} commands, shown as they are typed and answered. */
final class ReleaseCommands {
    private final Console console;
    private final Out out;

    ReleaseCommands(Console console, Out out) {
        this.console = console;
        this.out = out;
    }

    /** Runs a command that must succeed. */
    void must(String command) throws IOException {
        int status = may(command);
        if (status != 0) {
            throw new IOException(command + " ended with status " + status);
        }
    }

    /** Runs a command that may fail, and answers its status. */
    int may(String command) throws IOException {
        out.say("> " + command);
        return console.run(command, out::quote);
    }

    /** What the history says of the last such operation. */
    ReleaseReport last(String operation) throws IOException {
        return ReleaseReport.last(operation, json("release:history --last 10 --json"));
    }

    String permanent() throws IOException {
        return String.valueOf(status().get("permanent"));
    }

    String current() throws IOException {
        return String.valueOf(status().get("current"));
    }

    /** How many class loaders of old code no collection takes away. */
    long leftAfterCollection() throws IOException {
        // Fails when some are left; the figure counts.
        may("release:collect");
        return last("collect")
                .figure("leaked_loaders")
                .orElseThrow(() -> new IOException("release:collect reports no figure"));
    }

    private Map<String, Object> status() throws IOException {
        return JSON.std.mapFrom(json("release:status --json"));
    }

    private String json(String command) throws IOException {
        List<String> lines = new ArrayList<>();
        int status = console.run(command, lines::add);
        String text = String.join("\n", lines);
        if (status != 0) {
            throw new IOException(command + " ended with status " + status + ": " + text);
        }
        return text;
    }
}
