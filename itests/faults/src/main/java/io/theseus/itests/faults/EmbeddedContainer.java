// SPDX-License-Identifier: Apache-2.0
package io.theseus.itests.faults;

import io.theseus.release.ReleaseHandler;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.apache.felix.framework.FrameworkFactory;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.launch.Framework;

/**
 * Felix with SCR, configuration admin and the real bundles of Theseus in this JVM. Release handling reaches its ports and its disk through
 * a {@link Plug}. One at a time in a JVM.
 */
final class EmbeddedContainer implements AutoCloseable {
    private static final String SHARED = "io.theseus.api;version=1.0.0,io.theseus.port;version=1.0.0,"
            + "io.theseus.release;version=1.0.0,org.osgi.service.cm;version=1.6.1,org.osgi.service.component;version=1.5.1,"
            + "org.osgi.service.component.runtime;version=1.5.0,org.osgi.service.component.runtime.dto;version=1.5.0,"
            + "org.osgi.util.promise;version=1.1.1,org.osgi.util.function;version=1.1.0,org.slf4j;version=2.0.12";
    private static final String RELEASES = "theseus.releases";

    private final Framework felix;
    private final Path folder;
    private final BundleContext client;

    EmbeddedContainer(Path folder, Plug plug) throws Exception {
        this.folder = folder;
        System.setProperty(RELEASES, folder.resolve("releases").toString());
        Map<String, String> properties = new HashMap<>();
        properties.put(Constants.FRAMEWORK_STORAGE, folder.resolve("cache").toString());
        properties.put(Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA, SHARED);
        properties.put(Constants.FRAMEWORK_BEGINNING_STARTLEVEL, "100");
        properties.put(Constants.FRAMEWORK_BOOTDELEGATION, "org.jacoco.agent.rt.*");
        properties.put("karaf.base", folder.toString());
        properties.put("felix.log.level", "0");
        properties.put("ds.loglevel", "0");
        felix = new FrameworkFactory().newFramework(properties);
        felix.start();
        plug.insert();
        start(jar("org.apache.felix.cm.PersistenceManager"));
        start(jar("org.apache.felix.scr.info.ScrInfo"));
        start(jar("io.theseus.relup.Script"));
        start(jar("io.theseus.framework.internal.FrameworkCodeServer"));
        start(jar("io.theseus.switchboard.internal.SwitchboardService"));
        new FaultyPorts(context(), plug).register();
        Path handler = folder.resolve("release-handler.jar");
        FaultyDisk.copy(jar("io.theseus.handler.internal.ReleaseHandlerService"), handler);
        start(handler);
        client = start(empty()).getBundleContext();
    }

    BundleContext context() {
        return felix.getBundleContext();
    }

    /** The context of a bundle that is no application. */
    BundleContext client() {
        return client;
    }

    Path releases() {
        return folder.resolve("releases");
    }

    ReleaseHandler handler() {
        return Optional.ofNullable(context().getServiceReference(ReleaseHandler.class))
                .map(context()::getService)
                .orElseThrow(() -> new IllegalStateException("release handling has not started"));
    }

    /** The service of an application, as a client has it. */
    @SuppressWarnings("unchecked")
    Function<String, String> service(String application) {
        try {
            return client.getServiceReferences(Function.class, "(app=" + application + ")").stream()
                    .findFirst()
                    .map(client::getService)
                    .map(service -> (Function<String, String>) service)
                    .orElseThrow(() -> new IllegalStateException(application + " offers no service"));
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private Bundle start(Path jar) throws BundleException {
        Bundle bundle = context().installBundle(jar.toUri().toString());
        bundle.start();
        return bundle;
    }

    private static Path jar(String type) throws ClassNotFoundException, URISyntaxException {
        Class<?> loaded = Class.forName(type, false, EmbeddedContainer.class.getClassLoader());
        return Path.of(
                loaded.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    private Path empty() throws IOException {
        Path file = folder.resolve("client.jar");
        Manifest manifest = new Manifest();
        List.of("Manifest-Version: 1.0", "Bundle-ManifestVersion: 2", "Bundle-SymbolicName: client")
                .forEach(line -> manifest.getMainAttributes().putValue(line.split(": ")[0], line.split(": ")[1]));
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file), manifest)) {
            jar.finish();
        }
        return file;
    }

    @Override
    public void close() {
        try {
            felix.stop();
            felix.waitForStop(TimeUnit.SECONDS.toMillis(20));
        } catch (BundleException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        System.clearProperty(RELEASES);
    }
}
