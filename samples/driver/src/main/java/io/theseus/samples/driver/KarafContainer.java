// SPDX-License-Identifier: Apache-2.0
package io.theseus.samples.driver;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A Karaf in a folder of its own. Thread safety: for one thread at a time; {@link #close} by any. */
final class KarafContainer implements Container {
    private static final long TO_STOP_S = 60;

    private final Path home;
    private volatile @Nullable Process process;

    KarafContainer(Path home) {
        this.home = home;
    }

    @Override
    public void start() throws IOException {
        // "daemon" replaces the script by the JVM, so the process is the container itself.
        ProcessBuilder daemon = new ProcessBuilder(home.resolve("bin/karaf").toString(), "daemon")
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        home.resolve("console.out").toFile()));
        daemon.environment().put("JAVA_HOME", System.getProperty("java.home"));
        daemon.environment().remove(Main.PASSWORD);
        Process started = daemon.start();
        process = started;
        Files.writeString(home.resolve("demo.pid"), started.pid() + "\n");
    }

    @Override
    public void stop() throws IOException, InterruptedException {
        Process running = process;
        if (running != null) {
            running.destroy();
            if (!running.waitFor(TO_STOP_S, TimeUnit.SECONDS)) {
                throw new IOException("the container did not stop in " + TO_STOP_S + " s");
            }
        }
    }

    @Override
    public boolean alive() {
        Process running = process;
        return running != null && running.isAlive();
    }

    @Override
    public void close() {
        Process running = process;
        if (running != null) {
            running.destroyForcibly();
        }
    }
}
