// SPDX-License-Identifier: Apache-2.0
package io.theseus.framework.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.theseus.itests.made.MadeBundle;
import io.theseus.port.Snapshot;
import io.theseus.port.Snapshot.Installed;
import io.theseus.port.Switchboard;
import io.theseus.port.Switchboard.Line;
import io.theseus.release.Problem;
import io.theseus.release.RefusedException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.Version;
import org.osgi.framework.startlevel.BundleStartLevel;

class SnapshotTakerTest {
    @RegisterExtension
    private final FelixExtension felix = new FelixExtension();

    private Sticky sticky = Sticky.DEFAULT;

    private Snapshot take() {
        return new SnapshotTaker(felix.framework(), () -> sticky).take();
    }

    private Installed of(Bundle bundle) {
        return take().bundles().stream()
                .filter(each -> each.id() == bundle.getBundleId())
                .findFirst()
                .orElseThrow();
    }

    private static Supplier<String> supplier() {
        return () -> "";
    }

    private static void use(Bundle consumer, ServiceReference<?> service) {
        BundleContext context = consumer.getBundleContext();
        assertThat(context.getService(service)).isNotNull();
    }

    @Test
    void tellsWhatABundleIs() throws Exception {
        Bundle ledger = felix.start(MadeBundle.of("ledger", "1.2.0"));
        ledger.adapt(BundleStartLevel.class).setStartLevel(7);

        Installed installed = of(ledger);

        assertThat(installed)
                .isEqualTo(new Installed(
                        ledger.getBundleId(),
                        "ledger",
                        new Version(1, 2, 0),
                        ledger.getLocation(),
                        true,
                        true,
                        7,
                        false,
                        Set.of(),
                        false,
                        false));
        assertThat(take().bundles()).extracting(Installed::id).doesNotContain(0L);
    }

    @Test
    void tellsAFragmentFromABundle() throws Exception {
        Bundle host = felix.install(MadeBundle.of("host", "1.0.0"));
        Bundle fragment = felix.install(MadeBundle.of("skin", "1.0.0").header("Fragment-Host", "host"));

        assertThat(of(host).fragment()).isFalse();
        assertThat(of(fragment).fragment()).isTrue();
    }

    @Test
    void tellsWhatIsNotStartedAndWhatIsStartedForThisRunOnly() throws Exception {
        Bundle stopped = felix.install(MadeBundle.of("stopped", "1.0.0"));
        Bundle forNow = felix.install(MadeBundle.of("for.now", "1.0.0"));
        Bundle lazy = felix.install(MadeBundle.of("lazy", "1.0.0").header("Bundle-ActivationPolicy", "lazy"));
        forNow.start(Bundle.START_TRANSIENT);
        lazy.start(Bundle.START_ACTIVATION_POLICY);

        assertThat(of(stopped).active()).isFalse();
        assertThat(of(stopped).persistent()).isFalse();
        assertThat(of(forNow).active()).isTrue();
        assertThat(of(forNow).persistent()).isFalse();
        assertThat(of(lazy).active()).isTrue();
        assertThat(stopped.getState()).isEqualTo(Bundle.INSTALLED);
    }

    @Test
    void tellsWhetherABundleHasData() throws Exception {
        Bundle ledger = felix.start(MadeBundle.of("ledger", "1.0.0"));
        Files.createDirectories(ledger.getDataFile("folder").toPath());
        assertThat(of(ledger).hasData()).isFalse();

        Files.writeString(ledger.getDataFile("folder/file").toPath(), "x");

        assertThat(of(ledger).hasData()).isTrue();
    }

    @Test
    void tellsWhichBundlesAreApplications() throws Exception {
        Bundle appup = felix.install(MadeBundle.of("one", "1.0.0").entry("OSGI-INF/appup.yaml", "version: 1.0.0"));
        Bundle header = felix.install(MadeBundle.of("two", "1.0.0").header("Theseus-Application", "true"));
        Bundle declared = felix.install(MadeBundle.of("three", "1.0.0"));
        Bundle none = felix.install(MadeBundle.of("four", "1.0.0"));
        felix.context().registerService(Switchboard.class, switchboardThatKnows("three"), null);

        assertThat(of(appup).application()).isTrue();
        assertThat(of(header).application()).isTrue();
        assertThat(of(declared).application()).isTrue();
        assertThat(of(none).application()).isFalse();
    }

    private static Switchboard switchboardThatKnows(String application) {
        Line line = new Line(application, 1, Optional.empty(), 0, List.of());
        return (Switchboard) Proxy.newProxyInstance(
                Switchboard.class.getClassLoader(),
                new Class<?>[] {Switchboard.class},
                (proxy, method, args) -> switch (method.getName()) {
                    case "applications" -> Map.of(application, line);
                    case "hashCode" -> 1;
                    case "equals" -> proxy == args[0];
                    default -> "switchboard";
                });
    }

    /** A snapshot of a container in which one bundle answers otherwise. */
    private Snapshot takeWith(Bundle bundle, Map<String, Function<Object[], Object>> answers) {
        Bundle[] bundles = Stream.of(felix.context().getBundles())
                .map(each -> each.equals(bundle) ? Instead.of(Bundle.class, bundle, answers) : each)
                .toArray(Bundle[]::new);
        BundleContext system = Instead.of(BundleContext.class, felix.context(), Map.of("getBundles", args -> bundles));
        Bundle framework =
                Instead.of(Bundle.class, felix.context().getBundle(), Map.of("getBundleContext", args -> system));
        BundleContext own = Instead.of(BundleContext.class, felix.context(), Map.of("getBundle", args -> framework));
        return new SnapshotTaker(new Framework(own), () -> sticky).take();
    }

    @Test
    void tellsWhatStaysAsItIsAndWhy() throws Exception {
        felix.install(MadeBundle.of("com.acme.http", "1.0.0"));
        felix.install(MadeBundle.of("com.acme.shop", "1.0.0"));
        felix.start(MadeBundle.of("handler", "1.0.0").header("Import-Package", "io.theseus.port"));
        felix.install(MadeBundle.of("io.theseus.shell", "1.0.0"));
        felix.install(MadeBundle.of("io.theseus.samples.pricing", "1.0.0"));
        sticky = new Sticky(List.of("com.acme.*", "org.acme.*"), List.of("com.acme.shop"));

        assertThat(take().sticky())
                .isEqualTo(Map.of(
                        "com.acme.http",
                        "it is sticky in etc/io.theseus.framework.cfg (com.acme.*)",
                        "handler",
                        "it is a part of Theseus",
                        "io.theseus.shell",
                        "it is a part of Theseus",
                        "org.apache.felix.framework",
                        "it is the framework"));
    }

    @Test
    void aBundleThatIsChangedByOthersForAMomentIsLookedAtAgain() throws Exception {
        Bundle ledger = felix.start(MadeBundle.of("ledger", "1.0.0"));
        AtomicInteger looks = new AtomicInteger();

        Snapshot snapshot = takeWith(ledger, Map.of("getVersion", args -> {
            if (looks.incrementAndGet() < 5) {
                throw new NullPointerException("no revision");
            }
            return ledger.getVersion();
        }));

        assertThat(snapshot.find("ledger", new Version(1, 0, 0))).isPresent();
    }

    @Test
    void aBundleThatIsChangedByOthersForLongIsNamed() throws Exception {
        Bundle ledger = felix.start(MadeBundle.of("ledger", "1.0.0"));

        assertThatThrownBy(() -> takeWith(ledger, Map.of("getVersion", args -> {
                    throw new NullPointerException("no revision");
                })))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> assertThat(refused.problems())
                                .containsExactly(new Problem(
                                        "bundle-busy",
                                        "",
                                        "bundle " + ledger.getBundleId() + " from " + ledger.getLocation()
                                                + " can not be looked at, somebody else updates or uninstalls it: "
                                                + "java.lang.NullPointerException: no revision",
                                        "try again when that is done")));
    }

    @Test
    void packageUsersAreTheBundlesWiredToClassesOfABundle() throws Exception {
        Bundle ledger = felix.start(MadeBundle.of("ledger", "1.0.0").header("Export-Package", "ledger"));
        Bundle importer = felix.start(MadeBundle.of("importer", "1.0.0").header("Import-Package", "ledger"));
        Bundle requirer = felix.start(MadeBundle.of("requirer", "1.0.0").header("Require-Bundle", "ledger"));
        felix.start(MadeBundle.of("bystander", "1.0.0"));

        assertThat(of(ledger).packageUsers()).containsExactlyInAnyOrder(importer.getBundleId(), requirer.getBundleId());
        assertThat(take().callers())
                .isEqualTo(Map.of(ledger.getBundleId(), Set.of(importer.getBundleId(), requirer.getBundleId())));
    }

    @Test
    void callersAreTheBundlesThatUseAService() throws Exception {
        Bundle ledger = felix.start(MadeBundle.of("ledger", "1.0.0"));
        Bundle checkout = felix.start(MadeBundle.of("checkout", "1.0.0"));
        var service = ledger.getBundleContext().registerService(Supplier.class, supplier(), null);

        use(checkout, service.getReference());

        assertThat(take().callers()).isEqualTo(Map.of(ledger.getBundleId(), Set.of(checkout.getBundleId())));
    }

    @Test
    void callersOfAStableServiceCallTheApplicationBehindIt() throws Exception {
        Bundle ledger = felix.start(MadeBundle.of("ledger", "1.0.0"));
        Bundle incoming = felix.install(MadeBundle.of("ledger", "2.0.0"));
        Bundle checkout = felix.start(MadeBundle.of("checkout", "1.0.0"));
        Bundle switchboard =
                felix.start(MadeBundle.of("switchboard", "1.0.0").header("Import-Package", "io.theseus.port"));
        var raw = ledger.getBundleContext().registerService(Supplier.class, supplier(), null);
        var stable = switchboard
                .getBundleContext()
                .registerService(Supplier.class, supplier(), new Hashtable<>(Map.of("theseus.application", "ledger")));

        use(switchboard, raw.getReference());
        use(checkout, stable.getReference());

        assertThat(take().callers())
                .isEqualTo(Map.of(
                        ledger.getBundleId(), Set.of(checkout.getBundleId()),
                        incoming.getBundleId(), Set.of(checkout.getBundleId())));
    }

    @Test
    void theseusOwnBundlesAreThoseThatMeetInThePorts() throws Exception {
        felix.start(MadeBundle.of("api", "1.0.0").header("Export-Package", "io.theseus.port;x=y"));
        Bundle handler = felix.start(MadeBundle.of("handler", "1.0.0").header("Import-Package", "io.theseus.port;x=y"));
        Bundle user = felix.start(MadeBundle.of("user", "1.0.0"));
        var service = handler.getBundleContext().registerService(Supplier.class, supplier(), null);

        use(user, service.getReference());

        assertThat(take().callers()).isEmpty();
    }

    @Test
    void componentRuntimeIsNotACallerButTheBundleWhoseComponentUsesTheServiceIs() throws Exception {
        felix.startComponentRuntime();
        Bundle ledger = felix.start(MadeBundle.of("ledger", "1.0.0"));
        ledger.getBundleContext().registerService(Supplier.class, supplier(), null);
        Bundle checkout = felix.start(MadeBundle.of("checkout", "1.0.0")
                .source(
                        "checkout.Till",
                        "package checkout; public class Till { java.util.function.Supplier<?> supplier; }")
                .component(
                        "checkout.Till",
                        "immediate=\"true\"",
                        "<reference name=\"s\" interface=\"java.util.function.Supplier\" field=\"supplier\"/>"));

        assertThat(take().callers()).containsEntry(ledger.getBundleId(), Set.of(checkout.getBundleId()));
    }
}
