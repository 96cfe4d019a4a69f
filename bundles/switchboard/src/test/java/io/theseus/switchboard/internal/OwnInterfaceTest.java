// SPDX-License-Identifier: Apache-2.0
package io.theseus.switchboard.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.theseus.release.Problem;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import sample.api.Starts;
import sample.app.ScriptedActivator;
import sample.lazy.Parcel;
import sample.own.Inner;
import sample.own.InnerActivator;
import sample.own.Post;
import sample.own.PostActivator;

/** Each version brings the interface of a service along, so the two interfaces are two classes. */
class OwnInterfaceTest {
    private Container container;
    private BundleContext client;
    private Bundle old;
    private Bundle next;

    @BeforeEach
    void start(@TempDir Path storage) throws Exception {
        container = new Container(storage);
        container.switchboard();
        client = container.client();
        old = container.application("own", "1.0.0", InnerActivator.class, Inner.class);
        next = container.application("own", "2.0.0", InnerActivator.class, Inner.class);
        old.start();
    }

    @AfterEach
    void stop() throws Exception {
        container.close();
    }

    private static String version(BundleContext looker) throws Exception {
        ServiceReference<?>[] found = looker.getAllServiceReferences(Inner.class.getName(), null);
        assertThat(found).hasSize(1);
        return String.valueOf(found[0].getProperty("version"));
    }

    @Test
    void theInterfaceChangesWithTheSwitchWhenNobodyElseUsesTheService() throws Exception {
        container.bring(Map.of(old, next));

        assertThat(container.exchange.warm()).isEmpty();
        assertThat(version(client)).isEqualTo("1.0.0");
        container.exchange.switchOver();

        assertThat(version(client)).isEqualTo("2.0.0");
        assertThat(version(old.getBundleContext())).isEqualTo("1.0.0");
        assertThat(version(next.getBundleContext())).isEqualTo("2.0.0");
        container.exchange.switchOver();
        assertThat(version(client)).isEqualTo("1.0.0");
        container.exchange.switchOver();
        container.exchange.drop();
        assertThat(version(client)).isEqualTo("2.0.0");
    }

    @Test
    void itIsNamedWhenSomebodyElseUsesTheService() throws Exception {
        client.getService(client.getAllServiceReferences(Inner.class.getName(), null)[0]);

        container.bring(Map.of(old, next));

        assertThat(container.exchange.warm()).extracting(Problem::code).containsExactly("not-side-by-side");
    }

    /** The interface is that of a library, of which each side has its own version. */
    @Test
    void anInterfaceOfALibraryMayChangeWithAllWhoUseIt() throws Exception {
        Map<Bundle, Bundle> rates = rates();
        Bundle user = user("1.0.0", "[1,2)");
        Bundle successor = user("2.0.0", "[2,3)");
        rates.put(user, successor);
        user.start();
        use(user.getBundleContext());

        container.bring(rates);

        assertThat(container.exchange.warm()).isEmpty();
        assertThat(use(successor.getBundleContext())).isEqualTo("rate 2.0.0");
        assertThat(use(user.getBundleContext())).isEqualTo("rate 1.0.0");
        container.exchange.switchOver();
        assertThat(use(successor.getBundleContext())).isEqualTo("rate 2.0.0");
        assertThat(use(user.getBundleContext())).isEqualTo("rate 1.0.0");
    }

    @Test
    void aUserThatStaysKeepsTheInterfaceOfALibraryFromChanging() throws Exception {
        Map<Bundle, Bundle> rates = rates();
        Bundle user = user("1.0.0", "[1,2)");
        user.start();
        use(user.getBundleContext());

        container.bring(rates);

        assertThat(container.exchange.warm()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("not-side-by-side");
            assertThat(problem.text()).contains("another interface class").contains("user 1.0.0");
        });
    }

    private Map<Bundle, Bundle> rates() throws Exception {
        for (String version : List.of("1.0.0", "2.0.0")) {
            container.install(
                    "library", version, Map.of(Constants.EXPORT_PACKAGE, "sample.own;version=" + version), Inner.class);
            Starts.on("rates " + version, context -> {
                Class<?> type = context.getBundle().loadClass(Inner.class.getName());
                Object rate = Proxy.newProxyInstance(
                        type.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> "rate " + version);
                context.registerService(type.getName(), rate, null);
            });
        }
        Bundle first = user("rates", "1.0.0", "[1,2)");
        Bundle second = user("rates", "2.0.0", "[2,3)");
        first.start();
        return new HashMap<>(Map.of(first, second));
    }

    private Bundle user(String version, String range) throws Exception {
        return user("user", version, range);
    }

    private Bundle user(String name, String version, String range) throws Exception {
        Map<String, String> headers = new HashMap<>(Container.headers(ScriptedActivator.class));
        headers.put(Constants.IMPORT_PACKAGE, "org.osgi.framework,sample.api,sample.own;version=\"" + range + "\"");
        return container.install(name, version, headers, ScriptedActivator.class);
    }

    private static String use(BundleContext looker) throws Exception {
        ServiceReference<?>[] found = looker.getServiceReferences(Inner.class.getName(), null);
        assertThat(found).hasSize(1);
        Object rate = looker.getService(found[0]);
        return String.valueOf(looker.getBundle()
                .loadClass(Inner.class.getName())
                .getMethod("version")
                .invoke(rate));
    }

    /** Its methods are looked at when the stable service is made: that loads a class of a bundle that starts then. */
    @Test
    void aBundleThatStartsWhenAStableServiceIsMadeMayRegisterServicesItself() throws Exception {
        Class<?> office = Class.forName("sample.own.PostActivator$Office");
        Bundle post = container.install(
                "post",
                "1.0.0",
                headers(PostActivator.class, "sample.own", "sample.lazy"),
                PostActivator.class,
                Post.class,
                office);
        Bundle parcels = container.install(
                "parcels",
                "1.0.0",
                headers(ScriptedActivator.class, "sample.lazy"),
                ScriptedActivator.class,
                Parcel.class);
        List<Boolean> registered = new ArrayList<>();
        Starts.on("parcels 1.0.0", context -> {
            Thread other = new Thread(() -> context.registerService(Supplier.class, () -> "x", null));
            other.start();
            other.join(5_000);
            registered.add(!other.isAlive());
        });
        parcels.start(Bundle.START_ACTIVATION_POLICY);
        assertThat(registered).isEmpty();

        post.start();

        assertThat(registered).containsExactly(true);
        assertThat(container.stable(Post.class)).containsExactly("post");
        assertThat(container.stable(Supplier.class)).containsExactly("parcels");
    }

    private static Map<String, String> headers(Class<?> activator, String exported, String... more) {
        Map<String, String> headers = new HashMap<>(Container.headers(activator));
        headers.put(Constants.EXPORT_PACKAGE, exported);
        headers.put(Constants.BUNDLE_ACTIVATIONPOLICY, Constants.ACTIVATION_LAZY);
        headers.put(
                Constants.IMPORT_PACKAGE,
                String.join(
                        ",",
                        Stream.concat(Stream.of("org.osgi.framework,sample.api"), Stream.of(more))
                                .toList()));
        return headers;
    }
}
