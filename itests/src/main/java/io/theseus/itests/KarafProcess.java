// SPDX-License-Identifier: Apache-2.0
package io.theseus.itests;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A container as a process of its own: free ports, an administrator with a password made for it, started, driven through its shell,
 * killed, started again.
 *
 * <pre>{@code
 * try (KarafProcess karaf = KarafProcess.unpack(archive, folder, repositories)) {
 *     karaf.start();
 *     karaf.run("release:list");
 *     karaf.kill();
 *     karaf.start();
 * }
 * }</pre>
 *
 * Thread safety: one thread starts and ends it, any may use its shell meanwhile.
 */
public final class KarafProcess implements AutoCloseable {
    private static final Duration START = Duration.ofMinutes(3);
    private static final Duration COMMAND = Duration.ofSeconds(60);
    private static final String ADMIN_ROLES = "group,admin,manager,viewer,systembundles,ssh";

    private final Distribution distribution;
    private final Ports ports;
    private final Shell shell;
    private final Map<String, String> environment = new HashMap<>();
    /** A container does not outlive the JVM that started it. */
    private final Thread atEnd = new Thread(this::end, "end of a container");

    private volatile Optional<Process> process = Optional.empty();
    private boolean ended;

    private KarafProcess(Distribution distribution, Ports ports, Shell shell) {
        this.distribution = distribution;
        this.ports = ports;
        this.shell = shell;
    }

    /**
     * Makes a container that is not started yet.
     *
     * @param repositories folders of Maven layout, the only places besides its own {@code system} where it looks for artifacts
     */
    public static KarafProcess unpack(Path archive, Path directory, List<Path> repositories) {
        Ports ports = Ports.free();
        String password = UUID.randomUUID().toString();
        Distribution distribution = Distribution.unpack(archive, directory)
                .listen(ports)
                .repositories(repositories)
                .user("admin", password, ADMIN_ROLES);
        KarafProcess karaf = new KarafProcess(distribution, ports, new Shell(ports.ssh(), "admin", password));
        Runtime.getRuntime().addShutdownHook(karaf.atEnd);
        return karaf;
    }

    public Distribution distribution() {
        return distribution;
    }

    public Ports ports() {
        return ports;
    }

    /** Sets a variable of its environment, {@code EXTRA_JAVA_OPTS} for example, from the next start on. */
    public KarafProcess environment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** Starts the process and waits until all boot features are installed and the shell answers. */
    public void start() {
        launch();
        Instant end = Instant.now().plus(START);
        while (!booted()) {
            if (!alive()) {
                throw new IllegalStateException("the container ended while it started\n" + log());
            }
            if (Instant.now().isAfter(end)) {
                throw new IllegalStateException("the container did not start within " + START + "\n" + log());
            }
            pause();
        }
    }

    /** Starts the process and waits for nothing. */
    public synchronized void launch() {
        if (ended) {
            throw new IllegalStateException("this container has ended for good");
        }
        if (alive()) {
            throw new IllegalStateException("the container runs already, as process " + pid());
        }
        Path home = distribution.home();
        // "daemon" makes the script exec the JVM, so that the process is the JVM and a kill hits it.
        ProcessBuilder builder = new ProcessBuilder(home.resolve("bin/karaf").toString(), "daemon")
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        home.resolve("console.log").toFile()));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(environment);
        try {
            process = Optional.of(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public boolean alive() {
        return process.filter(Process::isAlive).isPresent();
    }

    public long pid() {
        return process.orElseThrow().pid();
    }

    /** Kills it as a power cut would, and waits until it is gone. */
    public void kill() {
        process.map(Process::destroyForcibly).ifPresent(KarafProcess::await);
    }

    /** Asks it to end, and waits until it has. */
    public void stop() {
        process.ifPresent(Process::destroy);
        process.ifPresent(KarafProcess::await);
    }

    /** Runs a command that must succeed, and answers what it printed. */
    public String run(String command) {
        return run(command, COMMAND);
    }

    /** Runs a command that must succeed within a time, and answers what it printed. */
    public String run(String command, Duration limit) {
        Shell.Result result = attempt(command, limit);
        if (!result.ok()) {
            throw new IllegalStateException("'" + command + "' failed: " + result.text());
        }
        return result.text();
    }

    /** Runs a command that may fail. */
    public Shell.Result attempt(String command) {
        return attempt(command, COMMAND);
    }

    /** Runs a command that may fail, and may take longer than others. */
    public Shell.Result attempt(String command, Duration limit) {
        try {
            return shell.run(command, limit);
        } catch (IOException e) {
            if (e.getCause() instanceof TimeoutException) {
                // It is there and lets nobody in. That has been seen twice, and not why.
                e.addSuppressed(new IOException("its threads: " + threads()));
            }
            throw new UncheckedIOException(e);
        }
    }

    /** What its threads do, as the JDK prints it. */
    private String threads() {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        try {
            Process print = new ProcessBuilder(jcmd, String.valueOf(pid()), "Thread.print")
                    .redirectErrorStream(true)
                    .start();
            return new String(print.getInputStream().readAllBytes(), UTF_8);
        } catch (IOException e) {
            return "not to be had: " + e;
        }
    }

    public URI http(String path) {
        return URI.create("http://127.0.0.1:" + ports.http() + path);
    }

    /** Everything it has logged so far, over all starts. */
    public String log() {
        Path log = distribution.home().resolve("data/log/karaf.log");
        try {
            return Files.exists(log)
                    ? Files.readString(log)
                    : Files.readString(distribution.home().resolve("console.log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        shell.close();
        end();
        try {
            Runtime.getRuntime().removeShutdownHook(atEnd);
        } catch (IllegalStateException e) {
            // This JVM is ending: the hook runs by itself.
        }
    }

    private synchronized void end() {
        ended = true;
        kill();
    }

    private boolean booted() {
        try {
            return shell.run("service:list org.apache.karaf.features.BootFinished", COMMAND)
                    .text()
                    .contains("BootFinished]");
        } catch (IOException e) {
            return false;
        }
    }

    private static void await(Process process) {
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                throw new IllegalStateException("process " + process.pid() + " does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the container ended", e);
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(200);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the container started", e);
        }
    }
}
