// SPDX-License-Identifier: Apache-2.0
package io.theseus.benchmarks.fleet;

import com.fasterxml.jackson.jr.ob.JSON;
import io.theseus.benchmarks.Built;
import io.theseus.benchmarks.Jvm;
import io.theseus.itests.KarafProcess;
import io.theseus.itests.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A container with the fleet in it, and with callers. Thread safety: for one thread. */
final class Ship implements AutoCloseable {
    private static final Duration COMMAND = Duration.ofMinutes(10);

    private final KarafProcess karaf;
    private final Remote remote;

    private Ship(KarafProcess karaf, Remote remote) {
        this.karaf = karaf;
        this.remote = remote;
    }

    /**
     * Starts a container with the bundle that calls, without the fleet.
     *
     * @param repository where the fleet is
     * @param properties of the system, {@code fleet.size} among them: how many applications there will be
     * @param theseus whether Theseus is in it
     */
    static Ship start(Path folder, Path repository, Map<String, ?> properties, boolean theseus) throws IOException {
        KarafProcess karaf = Built.container(folder, repository);
        try {
            if (!theseus) {
                Built.leaveOutTheseus(karaf.distribution());
            }
            int port = Ports.free().http();
            karaf.distribution()
                    .put("system.properties", Map.of("fleet.port", port))
                    .put("system.properties", properties);
            karaf.environment("JAVA_MAX_MEM", "1536m");
            karaf.start();
            if (!theseus) {
                Built.installOnlyApi(karaf);
            }
            karaf.run("bundle:install -s mvn:fleet/fleet.api/1.0.0");
            karaf.run("bundle:install -s mvn:fleet/fleet.load/1.0.0");
            return new Ship(karaf, new Remote(port));
        } catch (IOException | RuntimeException e) {
            karaf.close();
            throw e;
        }
    }

    Remote callers() {
        return remote;
    }

    Jvm jvm() {
        return new Jvm(karaf.pid());
    }

    String run(String command) {
        return karaf.run(command, COMMAND);
    }

    /** What the journal says of the last operation of that name: of a thousand applications that is more than one likes to send through a shell. */
    Map<?, ?> report(String operation) throws IOException {
        Path journal = karaf.distribution().home().resolve("releases/journal.jsonl");
        List<String> lines = Files.readAllLines(journal);
        for (int i = lines.size() - 1; i >= 0; i--) {
            if (lines.get(i).contains("\"kind\":\"end\"") || lines.get(i).contains("\"kind\": \"end\"")) {
                Map<?, ?> report = (Map<?, ?>) JSON.std.mapFrom(lines.get(i)).get("data");
                if (report != null && operation.equals(report.get("operation"))) {
                    return report;
                }
            }
        }
        throw new IllegalStateException("no " + operation + " in " + journal);
    }

    @Override
    public void close() {
        try {
            remote.close();
        } catch (IOException e) {
            // It goes with the container.
        }
        karaf.close();
    }
}
