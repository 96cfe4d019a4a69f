// SPDX-License-Identifier: Apache-2.0
package io.theseus.itests.faults;

import io.theseus.release.ReleaseInfo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** Everything about a container that a failure must leave as it was. What components hold is compared by {@link FaultMatrix}. */
record Picture(Map<String, String> facts) {
    static Picture of(EmbeddedContainer container) {
        Map<String, String> facts = new TreeMap<>();
        try {
            bundles(container.context(), facts);
            services(container, facts);
            configurations(container.context(), facts);
            store(container.releases(), facts);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
        for (ReleaseInfo info : container.handler().releases()) {
            facts.put("release " + info.release().id(), info.status().toString());
        }
        facts.put("current", container.handler().status().current().toString());
        facts.put("activity", container.handler().status().activity());
        facts.put("applications", container.handler().applications().toString());
        return new Picture(facts);
    }

    private static void bundles(BundleContext context, Map<String, String> facts) {
        for (Bundle bundle : context.getBundles()) {
            if (bundle.getBundleId() != 0) {
                BundleStartLevel level = bundle.adapt(BundleStartLevel.class);
                facts.put(
                        "bundle " + FaultyPorts.text(bundle),
                        "state " + bundle.getState() + ", starts "
                                + (level.isPersistentlyStarted() ? "with the container" : "now") + ", level "
                                + level.getStartLevel() + ", " + bundle.getLocation());
            }
        }
    }

    private static void services(EmbeddedContainer container, Map<String, String> facts) throws InvalidSyntaxException {
        facts.put("services that clients see", services(container.client().getAllServiceReferences(null, "(app=*)")));
        for (Bundle bundle : container.context().getBundles()) {
            if (bundle.getBundleId() != 0 && bundle.getRegisteredServices() != null) {
                facts.put("services of " + FaultyPorts.text(bundle), services(bundle.getRegisteredServices()));
            }
        }
    }

    private static String services(ServiceReference<?>[] references) {
        return Stream.ofNullable(references)
                .flatMap(Stream::of)
                .map(reference -> Arrays.toString((String[]) reference.getProperty("objectClass")) + " "
                        + reference.getProperty("app"))
                .sorted()
                .collect(Collectors.joining("; "));
    }

    private static void configurations(BundleContext context, Map<String, String> facts)
            throws IOException, InvalidSyntaxException {
        ConfigurationAdmin admin = Optional.ofNullable(context.getServiceReference(ConfigurationAdmin.class))
                .map(context::getService)
                .orElseThrow();
        for (Configuration each :
                Optional.ofNullable(admin.listConfigurations(null)).orElse(new Configuration[0])) {
            List<String> properties = new ArrayList<>();
            Collections.list(each.getProperties().keys())
                    .forEach(key ->
                            properties.add(key + "=" + each.getProperties().get(key)));
            facts.put("configuration " + each.getPid(), each.getBundleLocation() + " " + new TreeSet<>(properties));
        }
    }

    private static void store(Path releases, Map<String, String> facts) throws IOException {
        try (Stream<Path> files = Files.walk(releases)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = releases.relativize(file).toString();
                if (name.startsWith("belongings/")) {
                    // Named after bundle ids, which are others each time.
                    facts.merge("shared belongings", "1", (a, b) -> a + b);
                } else if (!name.startsWith("journal") && !name.startsWith("RELEASES")) {
                    facts.put("file " + name, Files.size(file) + " bytes");
                }
            }
        }
    }

    /** A line for each fact that is not the same in another picture. */
    List<String> differences(Picture other) {
        TreeSet<String> names = new TreeSet<>(facts.keySet());
        names.addAll(other.facts.keySet());
        return names.stream()
                .filter(name -> !facts.getOrDefault(name, "-").equals(other.facts.getOrDefault(name, "-")))
                .map(name ->
                        name + " was " + facts.getOrDefault(name, "-") + ", is " + other.facts.getOrDefault(name, "-"))
                .toList();
    }
}
