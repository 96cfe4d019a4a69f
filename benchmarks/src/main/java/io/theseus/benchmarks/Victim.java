// SPDX-License-Identifier: Apache-2.0
package io.theseus.benchmarks;

import io.theseus.itests.KarafProcess;
import io.theseus.itests.Ports;
import io.theseus.itests.faults.Bank;
import io.theseus.itests.faults.FaultyDisk;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A container that serves bank 1.0.0 under load, and is killed while it installs 2.0.0. What its tellers wrote down is about it alone. */
final class Victim implements AutoCloseable {
    private static final String ONE = "1.0.0";
    private static final long MORE_MILLIS = 5000;
    private static final Duration SERVING = Duration.ofSeconds(20);

    private final Path folder;
    private final KarafProcess karaf;
    private final int port = Ports.free().http();
    private long normalMillis;

    private Victim(Path folder, KarafProcess karaf) {
        this.folder = folder;
        this.karaf = karaf;
    }

    /** What a clean install takes. */
    record Install(long millis, long records) {}

    /** @param wrong what was not as it should be after the next start */
    record Outcome(List<String> wrong, long lostState) {
        Outcome {
            wrong = List.copyOf(wrong);
        }
    }

    /** @param folder for all its files; goes with it */
    static Victim start(Path folder) throws Exception {
        Files.createDirectories(folder.resolve("bank"));
        Victim victim = new Victim(folder, Built.container(folder.resolve("karaf")));
        try {
            victim.prepare();
        } catch (Exception e) {
            victim.close();
            throw e;
        }
        return victim;
    }

    /** Installs and rolls back, disturbed by nobody: what is done only once in its life is done then. */
    Install install() throws IOException {
        long before = records();
        long begun = System.nanoTime();
        karaf.run("release:install bank/2.0.0");
        long took = Duration.ofNanos(System.nanoTime() - begun).toMillis();
        long records = records() - before;
        karaf.run("release:rollback");
        return new Install(took, records);
    }

    long normalMillis() {
        return normalMillis;
    }

    long failedCalls() throws IOException {
        return lines("failed");
    }

    private void prepare() throws Exception {
        String version = Built.version();
        Path bundle = karaf.distribution()
                .home()
                .resolve("system/io/theseus/release-handler/" + version + "/release-handler-" + version + ".jar");
        FaultyDisk.copy(bundle, bundle);
        karaf.environment(
                "EXTRA_JAVA_OPTS",
                "-Dtheseus.faults.halt=" + folder.resolve("halt") + " -Dtheseus.teller=" + folder
                        + " -Dtheseus.teller.port=" + port);
        Bank bank = new Bank(folder.resolve("bank"));
        karaf.start();
        karaf.run("release:unpack " + bank.write(ONE));
        karaf.run("release:unpack " + bank.write("2.0.0"));
        karaf.run("release:install --permanent bank/1.0.0");
        karaf.run("bundle:install -s " + bank.writeTeller());
        normalMillis = normalStart();
    }

    /** Stops it in order, and measures how long it takes to start. */
    private long normalStart() throws Exception {
        karaf.stop();
        long millis = start();
        awaitTeller();
        return millis;
    }

    private long start() {
        long begun = System.nanoTime();
        karaf.start();
        return Duration.ofNanos(System.nanoTime() - begun).toMillis();
    }

    /**
     * Kills it and starts it again.
     *
     * @param record the number of a record of the journal, and when it ends there by itself: {@code 7 HALF}
     * @param afterMillis when it is killed, unless it is to end at a record
     */
    Outcome kill(Optional<String> record, long afterMillis) throws Exception {
        long accepted = lines(ONE);
        if (record.isPresent()) {
            Files.writeString(folder.resolve("halt"), record.get());
        }
        Thread install = new Thread(() -> karaf.attempt("release:install bank/2.0.0"), "install");
        // The shell loses its connection: that is the point.
        install.setUncaughtExceptionHandler((thread, cut) -> {});
        install.start();
        TimeUnit.MILLISECONDS.sleep(afterMillis);
        for (int i = 0; record.isPresent() && karaf.alive() && i < 100; i++) {
            TimeUnit.MILLISECONDS.sleep(100);
        }
        boolean missed = record.isPresent() && karaf.alive();
        karaf.kill();
        install.join();
        Files.deleteIfExists(folder.resolve("halt"));
        List<String> wrong = new ArrayList<>();
        if (missed) {
            wrong.add("the record was never written");
        }
        if (lines(ONE) == accepted) {
            wrong.add("nobody called");
        }
        long millis = start();
        long lostState = serving(wrong);
        if (millis > normalMillis + MORE_MILLIS) {
            // A machine that is busy now takes longer for any start.
            long normalNow = normalStart();
            String text = "the start took " + millis + " ms, a normal one " + normalNow + " ms now and " + normalMillis
                    + " ms before";
            if (millis > normalNow + MORE_MILLIS) {
                wrong.add(text);
            } else {
                System.out.println(text);
            }
        }
        return new Outcome(wrong, lostState);
    }

    /** Adds what is not as it should be after a start; answers how many applications have lost state. */
    private long serving(List<String> wrong) throws Exception {
        long lostState = 0;
        // Counted before they are asked for: 1.0.0 may accept more meanwhile.
        long accepted = lines(ONE);
        String held = awaitTeller();
        if (!held.startsWith(ONE) || held.lines().findFirst().orElse("").contains("2.0.0")) {
            wrong.add("serves " + held);
        }
        for (String application : Bank.STATEFUL) {
            Matcher counts =
                    Pattern.compile(application + " \\{(.*)\\} written(.*)").matcher(held);
            long sum = counts.find() ? tellers(counts.group(1)) : -1;
            if (sum < accepted || !counts.group(2).isEmpty()) {
                lostState++;
                wrong.add("accepted were " + accepted + ", held is " + held);
            }
        }
        String list = karaf.run("release:list");
        if (!Pattern.compile("bank/1\\.0\\.0.*permanent").matcher(list).find()
                || !Pattern.compile("bank/2\\.0\\.0.*unpacked").matcher(list).find()) {
            wrong.add("release:list says " + list);
        }
        karaf.run("release:history");
        return lostState;
    }

    private static long tellers(String counts) {
        return Stream.of(counts.split(", "))
                .filter(each -> each.startsWith("teller"))
                .mapToLong(each -> Long.parseLong(each.split("=")[1]))
                .sum();
    }

    private String awaitTeller() throws Exception {
        long end = System.nanoTime() + SERVING.toNanos();
        while (true) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                String text = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                if (!text.isEmpty()) {
                    return text;
                }
            } catch (IOException e) {
                // It does not listen yet.
            }
            if (System.nanoTime() > end) {
                return "nothing";
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    private long records() throws IOException {
        return count(karaf.distribution().home().resolve("releases/journal.jsonl"));
    }

    private long lines(String file) throws IOException {
        return count(folder.resolve(file));
    }

    private static long count(Path file) throws IOException {
        if (!Files.exists(file)) {
            return 0;
        }
        try (Stream<String> lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
            return lines.count();
        }
    }

    @Override
    public void close() {
        karaf.close();
        Scratch.delete(folder);
    }
}
