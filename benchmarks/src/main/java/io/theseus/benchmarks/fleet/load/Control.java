// SPDX-License-Identifier: Apache-2.0
package io.theseus.benchmarks.fleet.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import org.osgi.framework.BundleContext;

/**
 * One line asks, one line answers: {@code present}, {@code counted}, {@code start paced|hammer}, {@code stop}, {@code update FOLDER}, {@code rank FOLDER}. An answer that begins with {@code failed} says why.
 */
final class Control implements Runnable {
    private static final long SECOND = 1_000_000_000;

    private final ServerSocket socket;
    private final Applications fleet;
    private final Callers callers;
    private final Peers peers;

    Control(ServerSocket socket, BundleContext context, Applications fleet) {
        this.socket = socket;
        this.fleet = fleet;
        this.callers = new Callers(fleet);
        this.peers = new Peers(context);
    }

    @Override
    public void run() {
        while (!socket.isClosed()) {
            try (Socket client = socket.accept();
                    BufferedReader in = new BufferedReader(new InputStreamReader(client.getInputStream(), UTF_8));
                    PrintStream out = new PrintStream(client.getOutputStream(), true, UTF_8)) {
                for (String line = in.readLine(); line != null; line = in.readLine()) {
                    out.println(answer(line.split(" ")));
                }
            } catch (IOException e) {
                // The benchmark went, or this bundle stops: the loop's condition knows which.
            }
        }
    }

    private String answer(String[] words) {
        try {
            return switch (words[0]) {
                case "present" -> Integer.toString(fleet.present());
                case "counted" -> Long.toString(fleet.counted());
                case "start" -> {
                    callers.start(words[1].equals("paced"));
                    yield "started";
                }
                case "stop" -> stop();
                case "update" -> peers.update(Path.of(words[1]));
                case "rank" -> peers.outrank(Path.of(words[1]));
                default -> "failed: there is no " + words[0];
            };
        } catch (Exception e) {
            return "failed: " + e;
        }
    }

    private String stop() throws InterruptedException {
        Callers.Noticed noticed = callers.stop();
        long around = noticed.changedAt();
        return "calls=%d failed=%d mixed=%d longest_us=%d longest_at_ms=%d changed_at_ms=%d p99_before_us=%d p99_after_us=%d failure=%s"
                .formatted(
                        noticed.calls(),
                        noticed.failed(),
                        noticed.mixed(),
                        noticed.longest() / 1000,
                        noticed.longestAt() / 1_000_000,
                        around / 1_000_000,
                        Slots.quantile(noticed.slots(), around - SECOND, around, 0.99) / 1000,
                        Slots.quantile(noticed.slots(), around, around + SECOND, 0.99) / 1000,
                        noticed.failure());
    }
}
