// SPDX-License-Identifier: Apache-2.0
package io.theseus.benchmarks.fleet;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.HashMap;
import java.util.Map;

/** The callers in the container, from outside; see {@code load.Control}. Thread safety: for one thread. */
final class Remote implements AutoCloseable {
    private final Socket socket;
    private final BufferedReader in;
    private final PrintStream out;

    Remote(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        in = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
        out = new PrintStream(socket.getOutputStream(), true, UTF_8);
    }

    /**
     * What callers noticed in a time.
     *
     * @param p99BeforeUs in the second before a caller met another version
     * @param p99AfterUs in the second after it
     */
    record Noticed(
            long calls,
            long failed,
            long mixed,
            long longestUs,
            long longestAtMs,
            long changedAtMs,
            long p99BeforeUs,
            long p99AfterUs,
            String failure) {}

    String ask(String line) throws IOException {
        out.println(line);
        String answer = in.readLine();
        if (answer == null || answer.startsWith("failed")) {
            throw new IllegalStateException(line + ": " + answer);
        }
        return answer;
    }

    long number(String line) throws IOException {
        return Long.parseLong(ask(line));
    }

    Noticed stop() throws IOException {
        Map<String, String> fields = new HashMap<>();
        for (String field : ask("stop").split(" ")) {
            fields.put(field.substring(0, field.indexOf('=')), field.substring(field.indexOf('=') + 1));
        }
        return new Noticed(
                number(fields, "calls"),
                number(fields, "failed"),
                number(fields, "mixed"),
                number(fields, "longest_us"),
                number(fields, "longest_at_ms"),
                number(fields, "changed_at_ms"),
                number(fields, "p99_before_us"),
                number(fields, "p99_after_us"),
                fields.getOrDefault("failure", "-"));
    }

    private static long number(Map<String, String> fields, String name) {
        return Long.parseLong(fields.getOrDefault(name, "-1"));
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
