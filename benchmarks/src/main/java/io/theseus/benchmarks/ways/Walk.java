// SPDX-License-Identifier: Apache-2.0
package io.theseus.benchmarks.ways;

import io.theseus.benchmarks.Built;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One way, walked there and back, and what was noticed meanwhile. */
final class Walk {
    private static final Duration WARM = Duration.ofSeconds(5);

    private final Way way;
    private final Scene scene;

    private Walk(Way way, Scene scene) {
        this.way = way;
        this.scene = scene;
    }

    /** @return whether it came back, no call failed and nobody else was stopped */
    static boolean walk(Way way, String bake) {
        System.out.println("== " + way.name());
        try (Scene scene = new Scene(way, bake)) {
            Walk walk = new Walk(way, scene);
            try {
                return walk.walk();
            } catch (Exception e) {
                walk.warnings(0).forEach(line -> System.out.println("logged: " + line));
                throw e;
            }
        } catch (Exception e) {
            System.out.println("the way " + way.name() + " did not come to its end: " + e);
            return false;
        }
    }

    private boolean walk() throws Exception {
        begin();
        try (Customers customers = way.customers(scene)) {
            TimeUnit.NANOSECONDS.sleep(WARM.toNanos());
            int logged = scene.karaf().log().length();
            mark(customers);
            long begun = System.nanoTime();
            way.thereAndBack(scene);
            Probed probed = scene.probe();
            Noticed noticed = probed.noticed().and(customers.noticed());
            long took = System.nanoTime() - begun;
            List<String> warnings = warnings(logged);
            mark(customers);
            TimeUnit.NANOSECONDS.sleep(took);
            Noticed quiet = scene.probe().noticed().and(customers.noticed());
            return tell(noticed, quiet, probed, warnings);
        }
    }

    private void begin() throws Exception {
        way.prepare(scene);
        Path probe = scene.bundles().application("probe");
        scene.karaf().start();
        if (way.stock()) {
            scene.run("feature:repo-add mvn:io.theseus/theseus-features/" + Built.version() + "/xml/features");
            scene.run("feature:install theseus");
        }
        scene.run("bundle:install -s " + probe.toUri());
        way.first(scene);
    }

    private void mark(Customers customers) {
        scene.mark();
        customers.mark();
    }

    private boolean tell(Noticed noticed, Noticed quiet, Probed probed, List<String> warnings) throws IOException {
        Changes changes = scene.changes();
        List<Probed.Event> outside = probed.events().stream()
                .filter(event -> !changes.moved().contains(event.name()))
                .toList();
        noticed.failures().forEach(failure -> System.out.println("failed: " + failure));
        quiet.failures().forEach(failure -> System.out.println("failed while quiet: " + failure));
        outside.forEach(event -> System.out.println("outside: " + event));
        warnings.forEach(line -> System.out.println("logged: " + line));
        System.out.println(noticed.calls() + " calls, " + quiet.calls() + " in a quiet time as long; moved "
                + changes.moved() + ", paused " + changes.paused());
        System.out.printf(
                "RESULT name=ways way=%s bundles=%d moved=%d paused=%d restarted_outside=%d failed=%d longest_ms=%.1f"
                        + " quiet_ms=%.1f warnings=%d%n",
                way.name(),
                scene.bundlesOfRelease(),
                changes.moved().size(),
                changes.paused().size(),
                outside.size(),
                noticed.failed(),
                noticed.longestMicros() / 1000.0,
                quiet.longestMicros() / 1000.0,
                warnings.size());
        return outside.isEmpty() && noticed.failed() == 0 && noticed.calls() > 0;
    }

    /** Lines of the log that say something is wrong. */
    private List<String> warnings(int from) {
        return scene.karaf()
                .log()
                .substring(from)
                .lines()
                .filter(line -> line.contains(" | WARN ") || line.contains(" | ERROR "))
                .toList();
    }
}
