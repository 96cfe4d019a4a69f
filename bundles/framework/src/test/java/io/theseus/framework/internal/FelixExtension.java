// SPDX-License-Identifier: Apache-2.0
package io.theseus.framework.internal;

import io.theseus.itests.made.MadeBundle;
import io.theseus.release.BundleSpec;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.felix.framework.FrameworkFactory;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.Version;
import org.osgi.framework.launch.Framework;

/** A Felix of its own for each test, in a folder of its own, with the port packages exported by the system bundle. */
final class FelixExtension implements BeforeEachCallback, AfterEachCallback {
    private static final String SHARED = "io.theseus.api;version=1.0.0,io.theseus.port;version=1.0.0,"
            + "io.theseus.release;version=1.0.0,org.osgi.service.cm;version=1.6.1,"
            + "org.osgi.service.component;version=1.5.1,org.osgi.service.component.runtime;version=1.5.0,"
            + "org.osgi.service.component.runtime.dto;version=1.5.0,org.osgi.util.promise;version=1.1.1,"
            + "org.osgi.util.function;version=1.1.0,org.slf4j;version=2.0.12,"
            + "org.apache.felix.fileinstall;version=3.7.4";

    private Path folder;
    private Framework felix;

    @Override
    public void beforeEach(ExtensionContext context) throws Exception {
        folder = Files.createTempDirectory("theseus-framework");
        start();
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        stop();
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        }
    }

    private void start() throws BundleException {
        Map<String, String> properties = new HashMap<>();
        properties.put(Constants.FRAMEWORK_STORAGE, folder.resolve("cache").toString());
        properties.put(Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA, SHARED);
        properties.put(Constants.FRAMEWORK_BEGINNING_STARTLEVEL, "10");
        properties.put("karaf.base", folder.toString());
        properties.put("felix.log.level", "0");
        felix = new FrameworkFactory().newFramework(properties);
        felix.start();
    }

    private void stop() throws BundleException, InterruptedException {
        felix.stop();
        felix.waitForStop(TimeUnit.SECONDS.toMillis(20));
    }

    /** Ends this run of the container and begins the next, on the same cache. */
    void restart() throws Exception {
        stop();
        start();
    }

    BundleContext context() {
        return felix.getBundleContext();
    }

    io.theseus.framework.internal.Framework framework() {
        return new io.theseus.framework.internal.Framework(context());
    }

    Path folder() {
        return folder;
    }

    Bundle install(MadeBundle bundle) throws BundleException {
        byte[] bytes = bundle.bytes();
        return context().installBundle("test:" + Arrays.hashCode(bytes), new ByteArrayInputStream(bytes));
    }

    Bundle start(MadeBundle bundle) throws BundleException {
        Bundle installed = install(bundle);
        installed.start();
        return installed;
    }

    Bundle startConfigurationAdmin() throws Exception {
        return startJarOf("org.apache.felix.cm.PersistenceManager");
    }

    Bundle startComponentRuntime() throws Exception {
        return startJarOf("org.apache.felix.scr.info.ScrInfo");
    }

    /** It watches a folder of its own, and nothing is there. */
    Bundle startFileInstall() throws Exception {
        String watched = "felix.fileinstall.dir";
        System.setProperty(watched, folder.resolve("watched").toString());
        try {
            return startJarOf("org.apache.felix.fileinstall.ArtifactInstaller");
        } finally {
            System.clearProperty(watched);
        }
    }

    private Bundle startJarOf(String className) throws Exception {
        var jar = Class.forName(className).getProtectionDomain().getCodeSource().getLocation();
        Bundle bundle = context().installBundle(jar.toString());
        bundle.start();
        return bundle;
    }

    Path file(MadeBundle bundle) {
        try {
            return Files.write(Files.createTempFile(folder, "bundle", ".jar"), bundle.bytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static BundleSpec spec(String name, String version, String location) {
        return new BundleSpec(
                name, Version.parseVersion(version), location, "0".repeat(64), 1, BundleSpec.Role.APPLICATION);
    }

    /** The service of a type that this very bundle has registered. */
    <S> S service(Class<S> type, Bundle registrar) {
        return service(type, reference -> reference.getBundle().equals(registrar));
    }

    <S> S service(Class<S> type) {
        return service(type, any -> true);
    }

    <S> S service(Class<S> type, Predicate<ServiceReference<S>> which) {
        return find(type, which)
                .map(context()::getService)
                .orElseThrow(() -> new AssertionError("there is no such " + type.getName()));
    }

    <S> boolean hasService(Class<S> type, Bundle registrar) {
        return find(type, reference -> reference.getBundle().equals(registrar)).isPresent();
    }

    private <S> Optional<ServiceReference<S>> find(Class<S> type, Predicate<ServiceReference<S>> which) {
        try {
            return context().getServiceReferences(type, null).stream()
                    .filter(which)
                    .findFirst();
        } catch (InvalidSyntaxException e) {
            throw new AssertionError(e);
        }
    }
}
