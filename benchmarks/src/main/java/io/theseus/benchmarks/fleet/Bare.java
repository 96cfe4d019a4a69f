// SPDX-License-Identifier: Apache-2.0
package io.theseus.benchmarks.fleet;

import io.theseus.benchmarks.Built;
import io.theseus.benchmarks.Frameworks;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.wiring.FrameworkWiring;

/**
 * The fleet in a framework that has nothing but Declarative Services: no Karaf, no Theseus, no callers, nobody who listens. What it takes to bring the
 * bundles in and to take them out again is in every other figure. Thread safety: for one thread.
 */
final class Bare {
    private static final List<String> DECLARATIVE_SERVICES = List.of(
            "org/osgi/org.osgi.util.function",
            "org/osgi/org.osgi.util.promise",
            "org/osgi/org.osgi.service.component",
            "org/apache/felix/org.apache.felix.configadmin",
            "org/apache/felix/org.apache.felix.scr",
            "io/theseus/api");

    private final Framework framework;
    private final BundleContext context;
    private final Map<String, Median> took = new LinkedHashMap<>();

    private Bare(Framework framework) {
        this.framework = framework;
        this.context = framework.getBundleContext();
    }

    /** Prints what each step takes, in milliseconds, in the median of rounds. */
    static void measure(Path folder, Path repository, int size, int rounds, Release one, Release two) throws Exception {
        Path system = Built.distribution(folder.resolve("bare")).home().resolve("system");
        Framework framework = Frameworks.start(folder.resolve("bare-cache"));
        try {
            Bare bare = new Bare(framework);
            List<Bundle> base = new ArrayList<>();
            for (String artifact : DECLARATIVE_SERVICES) {
                base.add(bare.context.installBundle(
                        jar(system.resolve(artifact)).toUri().toString()));
            }
            base.add(bare.context.installBundle(
                    jar(repository.resolve("fleet/fleet.api")).toUri().toString()));
            for (Bundle each : base) {
                each.start();
            }
            for (int round = 0; round < 2 * rounds; round++) {
                bare.round(round % 2 == 0 ? one : two, size, round);
            }
            System.out.printf("RESULT name=fleet way=bare n=%d rounds=%d %s%n", size, 2 * rounds, bare.text());
        } finally {
            framework.stop();
            framework.waitForStop(TimeUnit.SECONDS.toMillis(30));
        }
    }

    private void round(Release release, int size, int round) throws Exception {
        List<Bundle> fleet = new ArrayList<>();
        long begun = System.nanoTime();
        timed("store_ms", () -> {
            for (int i = 0; i < size; i++) {
                try (InputStream jar = Files.newInputStream(release.folder().resolve(Pattern.name(i) + ".jar"))) {
                    fleet.add(context.installBundle("fleet:" + round + "/" + i, jar));
                }
            }
        });
        timed("resolve_ms", () -> {
            if (!framework.adapt(FrameworkWiring.class).resolveBundles(fleet)) {
                throw new IllegalStateException("not all resolve");
            }
        });
        timed("start_ms", () -> {
            // Who is called first: a component whose reference is there is made at once.
            for (int i = size - 1; i >= 0; i--) {
                fleet.get(i).start();
            }
        });
        timed("activate_ms", () -> {
            for (Bundle bundle : fleet) {
                for (ServiceReference<?> service : bundle.getRegisteredServices()) {
                    if (context.getService(service) == null) {
                        throw new IllegalStateException(service + " was not activated");
                    }
                }
            }
        });
        add("in_ms", begun);
        begun = System.nanoTime();
        timed("stop_ms", () -> {
            for (Bundle bundle : fleet) {
                bundle.stop();
            }
        });
        timed("uninstall_ms", () -> {
            for (Bundle bundle : fleet) {
                bundle.uninstall();
            }
        });
        add("out_ms", begun);
        forget(fleet);
    }

    /** Takes away what the framework keeps of them, so that each round finds the same. */
    private void forget(List<Bundle> gone) throws InterruptedException {
        CountDownLatch refreshed = new CountDownLatch(1);
        framework.adapt(FrameworkWiring.class).refreshBundles(gone, event -> refreshed.countDown());
        if (!refreshed.await(1, TimeUnit.MINUTES)) {
            throw new IllegalStateException("the refresh did not end");
        }
    }

    private interface Step {
        void run() throws BundleException, IOException;
    }

    private void timed(String name, Step step) throws BundleException, IOException {
        long begun = System.nanoTime();
        step.run();
        add(name, begun);
    }

    private void add(String name, long begun) {
        took.computeIfAbsent(name, any -> new Median()).add((System.nanoTime() - begun) / 1e6);
    }

    private String text() {
        return took.entrySet().stream()
                .map(e -> e.getKey() + "=" + e.getValue())
                .collect(Collectors.joining(" "));
    }

    /** The jar of an artifact of which there is one version. */
    private static Path jar(Path artifact) throws IOException {
        try (Stream<Path> files = Files.walk(artifact)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
