// SPDX-License-Identifier: Apache-2.0
package io.theseus.switchboard.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.theseus.port.Switchboard.Incoming;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceFactory;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;

/** Services under interfaces and classes that live in the application's own bundle. */
class OwnServicesTest {
    /** An interface of the application. */
    public interface Wider extends Runnable {}

    /** A class of the application. */
    public static final class Tool implements Wider {
        @Override
        public void run() {}
    }

    private static final String HERE = OwnServicesTest.class.getPackageName();

    private Framework framework;
    private Exchange exchange;
    private Bundle client;

    @BeforeEach
    void start(@TempDir Path storage) throws Exception {
        framework = ServiceLoader.load(FrameworkFactory.class)
                .findFirst()
                .orElseThrow()
                .newFramework(Map.of(Constants.FRAMEWORK_STORAGE, storage.toString()));
        framework.start();
        exchange = new Exchange(bundle("io.theseus.switchboard", Map.of()).getBundleContext(), Set.of());
        exchange.open();
        client = bundle("client", Map.of());
    }

    @AfterEach
    void stop() throws Exception {
        framework.stop();
        framework.waitForStop(10_000);
    }

    @Test
    void othersGetTheStableServiceUnderWhatTheyHave() throws Exception {
        Bundle application = application(Map.of());
        register(application, Map.of(), Runnable.class, Wider.class);

        assertThat(owners(client, Runnable.class)).containsExactly("io.theseus.switchboard");
        assertThat(owners(client, Wider.class)).isEmpty();
        assertThat(owners(application, Wider.class)).containsExactly("application");
        assertThat(reasons()).isEmpty();
    }

    @Test
    void whatNobodyElseHasStaysRawAndMayExistTwice() throws Exception {
        Bundle application = application(Map.of());
        register(application, Map.of(), Wider.class);
        register(application, Map.of(), Tool.class);

        assertThat(owners(client, Wider.class)).containsExactly("application");
        assertThat(owners(client, Tool.class)).containsExactly("application");
        assertThat(reasons()).isEmpty();
    }

    @Test
    void whatOthersUseByReflectionCanNotExistTwice() throws Exception {
        Bundle application = application(Map.of());
        register(application, Map.of(), Tool.class);
        client.getBundleContext()
                .getService(client.getBundleContext().getAllServiceReferences(Tool.class.getName(), null)[0]);

        assertThat(reasons())
                .containsExactly("the service under " + Tool.class.getName()
                        + " is used by others, which do not have its class");
    }

    @Test
    void aCommandCanNotExistTwice() throws Exception {
        register(application(Map.of()), Map.of("osgi.command.function", "go"), Tool.class);

        assertThat(reasons()).singleElement().asString().contains("osgi.command.function");
    }

    @Test
    void aClassThatIsExportedCanNotExistTwice() throws Exception {
        register(application(Map.of(Constants.EXPORT_PACKAGE, HERE)), Map.of(), Runnable.class, Tool.class);

        assertThat(owners(client, Runnable.class)).containsExactly("application");
        assertThat(reasons())
                .containsExactly("the service under " + Tool.class.getName() + " is left alone: is a class");
    }

    @Test
    void anInterfaceThatIsExportedIsPartOfTheStableService() throws Exception {
        register(application(Map.of(Constants.EXPORT_PACKAGE, HERE)), Map.of(), Runnable.class, Wider.class);

        assertThat(owners(client, Wider.class)).containsExactly("io.theseus.switchboard");
    }

    @Test
    void whatCanNotExistTwiceMayComeButNotSucceed() throws Exception {
        Bundle application = application(Map.of());
        register(application, Map.of("osgi.command.function", "go"), Tool.class);
        Bundle other = bundle("other", Map.of());

        exchange.open(new Incoming(Map.of(), Set.of(application.getBundleId()), Set.of(), Map.of()));
        assertThat(exchange.warm()).isEmpty();

        exchange.drop();
        exchange.open(
                new Incoming(Map.of(other.getBundleId(), application.getBundleId()), Set.of(), Set.of(), Map.of()));
        assertThat(exchange.warm())
                .singleElement()
                .satisfies(problem -> assertThat(problem.code()).isEqualTo("not-side-by-side"));
    }

    private List<String> reasons() {
        return exchange.applications().get("application").raw();
    }

    private static List<String> owners(Bundle looker, Class<?> type) throws Exception {
        ServiceReference<?>[] found = looker.getBundleContext().getAllServiceReferences(type.getName(), null);
        return found == null
                ? List.of()
                : Arrays.stream(found).map(r -> r.getBundle().getSymbolicName()).toList();
    }

    private static void register(Bundle application, Map<String, ?> properties, Class<?>... types) throws Exception {
        Object tool = application
                .loadClass(Tool.class.getName())
                .getDeclaredConstructor()
                .newInstance();
        Dictionary<String, Object> copy = new Hashtable<>(properties);
        application
                .getBundleContext()
                .registerService(
                        Arrays.stream(types).map(Class::getName).toArray(String[]::new),
                        new ServiceFactory<>() {
                            @Override
                            public Object getService(Bundle bundle, ServiceRegistration<Object> registration) {
                                return tool;
                            }

                            @Override
                            public void ungetService(
                                    Bundle bundle, ServiceRegistration<Object> registration, Object service) {}
                        },
                        copy);
    }

    private Bundle application(Map<String, String> headers) throws Exception {
        Map<String, String> all = new HashMap<>(headers);
        all.put("Theseus-Application", "true");
        return bundle("application", all, Wider.class, Tool.class);
    }

    private Bundle bundle(String name, Map<String, String> headers, Class<?>... classes) throws Exception {
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.putValue("Manifest-Version", "1.0");
        main.putValue(Constants.BUNDLE_MANIFESTVERSION, "2");
        main.putValue(Constants.BUNDLE_SYMBOLICNAME, name);
        headers.forEach(main::putValue);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream jar = new JarOutputStream(bytes, manifest)) {
            for (Class<?> type : classes) {
                add(jar, type);
            }
        }
        Bundle bundle = framework.getBundleContext().installBundle(name, new ByteArrayInputStream(bytes.toByteArray()));
        bundle.start();
        return bundle;
    }

    private static void add(JarOutputStream jar, Class<?> type) throws IOException {
        String entry = type.getName().replace('.', '/') + ".class";
        jar.putNextEntry(new JarEntry(entry));
        try (InputStream in = type.getResourceAsStream('/' + entry)) {
            in.transferTo(jar);
        }
    }
}
