// SPDX-License-Identifier: Apache-2.0
package io.theseus.switchboard.internal;

import io.theseus.port.Switchboard.Incoming;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;
import sample.api.Link;
import sample.app.LinkActivator;

/** A framework in this JVM with a switchboard in it, whose classes are those of the test. */
final class Container {
    private final Framework framework;
    private final Bundle own;
    Exchange exchange;

    Container(Path storage) throws Exception {
        this(storage, Map.of());
    }

    Container(Path storage, Map<String, String> more) throws Exception {
        Map<String, String> configuration = new HashMap<>(Map.of(
                Constants.FRAMEWORK_STORAGE,
                storage.toString(),
                Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA,
                "sample.api,io.theseus.api;version=1.0,javax.servlet,org.slf4j;version=2.0",
                Constants.FRAMEWORK_BOOTDELEGATION,
                "org.jacoco.agent.rt.*"));
        configuration.putAll(more);
        framework = ServiceLoader.load(FrameworkFactory.class)
                .findFirst()
                .orElseThrow()
                .newFramework(configuration);
        framework.start();
        own = install("io.theseus.switchboard", "1.0.0", Map.of());
        own.start();
    }

    Exchange switchboard() {
        exchange = new Exchange(own.getBundleContext(), Set.of());
        exchange.open();
        return exchange;
    }

    BundleContext system() {
        return framework.getBundleContext();
    }

    /** Starts the bundle of a class on the class path. */
    void start(Class<?> type) throws BundleException {
        String location =
                "reference:" + type.getProtectionDomain().getCodeSource().getLocation();
        framework.getBundleContext().installBundle(location).start();
    }

    Bundle install(String name, String version, Map<String, String> headers, Class<?>... classes)
            throws BundleException {
        return install(name, version, headers, Map.of(), classes);
    }

    Bundle install(
            String name, String version, Map<String, String> headers, Map<String, String> entries, Class<?>... classes)
            throws BundleException {
        return framework
                .getBundleContext()
                .installBundle(name + "-" + version, jar(name, version, headers, entries, classes));
    }

    static InputStream jar(
            String name,
            String version,
            Map<String, String> headers,
            Map<String, String> entries,
            Class<?>... classes) {
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.putValue("Manifest-Version", "1.0");
        main.putValue(Constants.BUNDLE_MANIFESTVERSION, "2");
        main.putValue(Constants.BUNDLE_SYMBOLICNAME, name);
        main.putValue(Constants.BUNDLE_VERSION, version);
        main.putValue(
                Constants.IMPORT_PACKAGE,
                "org.osgi.framework,org.osgi.util.tracker,sample.api,io.theseus.api,javax.servlet");
        headers.forEach(main::putValue);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream jar = new JarOutputStream(bytes, manifest)) {
            for (Class<?> type : classes) {
                String entry = type.getName().replace('.', '/') + ".class";
                jar.putNextEntry(new JarEntry(entry));
                try (InputStream in = type.getResourceAsStream('/' + entry)) {
                    in.transferTo(jar);
                }
            }
            for (Map.Entry<String, String> entry : entries.entrySet()) {
                jar.putNextEntry(new JarEntry(entry.getKey()));
                jar.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return new ByteArrayInputStream(bytes.toByteArray());
    }

    /** The applications of the stable services under an interface. */
    List<String> stable(Class<?> type) {
        return Stream.of(own.getRegisteredServices())
                .filter(service -> List.of((String[]) service.getProperty(Constants.OBJECTCLASS))
                        .contains(type.getName()))
                .map(service -> String.valueOf(service.getProperty("theseus.application")))
                .toList();
    }

    /** An application with a link in it. */
    Bundle link(String name, String version, String... next) throws BundleException {
        Map<String, String> headers = new HashMap<>();
        headers.put(Constants.BUNDLE_ACTIVATOR, LinkActivator.class.getName());
        headers.put("Theseus-Application", "true");
        if (next.length > 0) {
            headers.put("Next", next[0]);
        }
        return install(name, version, headers, LinkActivator.class);
    }

    Bundle application(String name, String version, Class<?> activator, Class<?>... classes) throws BundleException {
        Class<?>[] all = Stream.concat(Stream.of(activator), Stream.of(classes)).toArray(Class<?>[]::new);
        return install(name, version, headers(activator), all);
    }

    /** What an application says of itself. */
    static Map<String, String> headers(Class<?> activator) {
        return Map.of(Constants.BUNDLE_ACTIVATOR, activator.getName(), "Theseus-Application", "true");
    }

    /** A bundle that only looks. */
    BundleContext client() throws BundleException {
        Bundle client = install("client", "1.0.0", Map.of());
        client.start();
        return client.getBundleContext();
    }

    static Link link(BundleContext client, String name) throws Exception {
        return client.getService(reference(client, name));
    }

    static ServiceReference<Link> reference(BundleContext client, String name) throws Exception {
        return client.getServiceReferences(Link.class, "(name=" + name + ")")
                .iterator()
                .next();
    }

    /** Opens a generation in which bundles succeed others, and starts them. */
    void bring(Map<Bundle, Bundle> successors) throws Exception {
        Map<Long, Long> ids = new HashMap<>();
        successors.forEach((old, next) -> ids.put(old.getBundleId(), next.getBundleId()));
        exchange.open(new Incoming(ids, Set.of(), Set.of(), Map.of()));
        for (Bundle next : successors.values()) {
            exchange.traffic().inOther(() -> {
                next.start();
                return List.of();
            });
        }
    }

    void close() throws Exception {
        framework.stop();
        framework.waitForStop(10_000);
    }
}
