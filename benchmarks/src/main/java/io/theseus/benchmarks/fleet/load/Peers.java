// SPDX-License-Identifier: Apache-2.0
package io.theseus.benchmarks.fleet.load;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.wiring.FrameworkWiring;

/** What OSGi offers by itself to get a new version in. Each answers how long it took, in milliseconds. */
final class Peers {
    private static final Pattern APPLICATION = Pattern.compile("fleet\\.a\\d+");
    private static final long TO_REFRESH_S = 300;

    private final BundleContext context;

    Peers(BundleContext context) {
        this.context = context;
    }

    /** {@code Bundle.update} of every application from a folder of {@code NAME.jar}, then a refresh of all of them. */
    String update(Path folder) throws BundleException, IOException, InterruptedException {
        long begun = System.nanoTime();
        List<Bundle> updated = applications();
        for (Bundle each : updated) {
            try (InputStream jar = Files.newInputStream(folder.resolve(each.getSymbolicName() + ".jar"))) {
                each.update(jar);
            }
        }
        refresh(updated);
        return took(begun);
    }

    /** Installs and starts every application a second time, with services that rank higher, and then stops those of before. */
    String outrank(Path folder) throws BundleException, IOException, InterruptedException {
        long begun = System.nanoTime();
        List<Bundle> before = applications();
        List<Bundle> after = new ArrayList<>();
        List<Path> jars;
        try (Stream<Path> files = Files.list(folder)) {
            jars = files.sorted().toList();
        }
        for (Path jar : jars) {
            after.add(context.installBundle(jar.toUri().toString()));
        }
        for (Bundle each : after) {
            each.start();
        }
        for (Bundle each : before) {
            each.stop();
        }
        for (Bundle each : before) {
            each.uninstall();
        }
        return took(begun);
    }

    private List<Bundle> applications() {
        return Stream.of(context.getBundles())
                .filter(each -> APPLICATION
                        .matcher(String.valueOf(each.getSymbolicName()))
                        .matches())
                .toList();
    }

    private void refresh(List<Bundle> bundles) throws InterruptedException {
        CountDownLatch refreshed = new CountDownLatch(1);
        context.getBundle(0).adapt(FrameworkWiring.class).refreshBundles(bundles, event -> {
            if (event.getType() == FrameworkEvent.PACKAGES_REFRESHED) {
                refreshed.countDown();
            }
        });
        if (!refreshed.await(TO_REFRESH_S, TimeUnit.SECONDS)) {
            throw new IllegalStateException("no refresh within " + TO_REFRESH_S + " s");
        }
    }

    private static String took(long begun) {
        return Long.toString(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun));
    }
}
