// SPDX-License-Identifier: Apache-2.0
package io.theseus.framework.internal;

import static io.theseus.framework.internal.FelixExtension.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.theseus.itests.made.MadeBundle;
import io.theseus.port.CodeServer.Disturbed;
import io.theseus.port.CodeServer.Start;
import io.theseus.port.CodeServer.Watch;
import io.theseus.release.BundleSpec;
import io.theseus.release.Problem;
import io.theseus.release.RefusedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.osgi.framework.Bundle;
import org.osgi.framework.Version;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.startlevel.FrameworkStartLevel;

class FrameworkCodeServerTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    @RegisterExtension
    private final FelixExtension felix = new FelixExtension();

    private FrameworkCodeServer server;

    @BeforeEach
    void open() {
        server = new FrameworkCodeServer(felix.context(), Map.of());
    }

    private long install(MadeBundle bundle, String version) {
        return server.install(spec("ledger", version, "mvn:ledger/" + version), felix.file(bundle));
    }

    private Bundle bundle(long id) {
        return felix.context().getBundle(id);
    }

    private static BundleStartLevel level(Bundle bundle) {
        return bundle.adapt(BundleStartLevel.class);
    }

    @Test
    void knowsWhatWorksByItself() throws Exception {
        Bundle offers = felix.start(MadeBundle.of("offers", "1.0.0"));
        Bundle components = felix.start(MadeBundle.of("components", "1.0.0").header("Service-Component", "a.xml"));
        Bundle blueprint = felix.start(MadeBundle.of("blueprint", "1.0.0").entry("OSGI-INF/blueprint/a.xml", "<a/>"));
        Bundle library = felix.start(MadeBundle.of("library", "1.0.0"));
        Bundle stopped = felix.install(MadeBundle.of("stopped", "1.0.0").header("Service-Component", "a.xml"));

        offers.getBundleContext().registerService(Runnable.class, () -> {}, null);

        assertThat(server.working())
                .contains(offers.getBundleId(), components.getBundleId(), blueprint.getBundleId())
                .doesNotContain(library.getBundleId(), stopped.getBundleId());
        components.uninstall();
        assertThat(server.working()).doesNotContain(components.getBundleId());
    }

    @Test
    void installsBesideAnotherVersionAtItsOwnLocation() throws Exception {
        Bundle old = felix.start(MadeBundle.of("ledger", "1.0.0"));

        long id = install(MadeBundle.of("ledger", "2.0.0"), "2.0.0");

        assertThat(bundle(id).getLocation()).isEqualTo("mvn:ledger/2.0.0");
        assertThat(bundle(id).getState()).isEqualTo(Bundle.INSTALLED);
        assertThat(old.getState()).isEqualTo(Bundle.ACTIVE);
    }

    @Test
    void givesANewBundleItsStartLevelAndNoAutostart() {
        BundleSpec spec =
                new BundleSpec("ledger", new Version(2, 0, 0), "mvn:ledger", "", 7, BundleSpec.Role.APPLICATION);

        long id = server.install(spec, felix.file(MadeBundle.of("ledger", "2.0.0")));

        assertThat(level(bundle(id)).getStartLevel()).isEqualTo(7);
        assertThat(level(bundle(id)).isPersistentlyStarted()).isFalse();
    }

    @Test
    void answersTheBundleThatIsThereWhenTheContentIsTheSame() throws Exception {
        MadeBundle bundle = MadeBundle.of("ledger", "2.0.0").entry("a/b.txt", "content");
        Bundle there = felix.install(bundle);

        assertThat(install(bundle, "2.0.0")).isEqualTo(there.getBundleId());
        assertThat(there.getState()).isEqualTo(Bundle.INSTALLED);
    }

    @Test
    void refusesTheSameVersionWithOtherContent() throws Exception {
        felix.install(MadeBundle.of("ledger", "2.0.0").entry("a.txt", "one").entry("b.txt", "more"));

        for (MadeBundle other : List.of(
                MadeBundle.of("ledger", "2.0.0").entry("a.txt", "two").entry("b.txt", "more"),
                MadeBundle.of("ledger", "2.0.0").entry("a.txt", "one"))) {
            assertThatExceptionOfType(RefusedException.class)
                    .isThrownBy(() -> install(other, "2.0.0"))
                    .withMessageContaining("ledger 2.0.0 is installed with other content already");
        }
    }

    @Test
    void addsTheVersionToALocationThatAnotherVersionHas() {
        Path file = felix.file(MadeBundle.of("ledger", "1.0.0"));
        server.install(spec("ledger", "1.0.0", "file:ledger.jar"), file);

        long id = server.install(
                spec("ledger", "2.0.0", "file:ledger.jar"), felix.file(MadeBundle.of("ledger", "2.0.0")));

        assertThat(bundle(id).getLocation()).isEqualTo("file:ledger.jar#2.0.0");
    }

    @Test
    void refusesAFileThatIsNotTheBundleOfTheReleaseAndLeavesNothing() throws Exception {
        Path garbage = Files.writeString(felix.folder().resolve("garbage.jar"), "garbage");
        int before = felix.context().getBundles().length;

        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> server.install(spec("ledger", "2.0.0", "mvn:ledger"), garbage))
                .satisfies(refused ->
                        assertThat(refused.problems()).extracting(Problem::code).containsExactly("does-not-install"));
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> install(MadeBundle.of("other", "1.0.0"), "2.0.0"))
                .withMessageContaining("is other 1.0.0 by its manifest");
        assertThat(felix.context().getBundles()).hasSize(before);
    }

    @Test
    void resolvesBundlesThatNeedEachOtherBeforeTheFirstRefresh() {
        long ledger = install(MadeBundle.of("ledger", "2.0.0").header("Import-Package", "pricing"), "2.0.0");
        long pricing = server.install(
                spec("pricing", "1.0.0", "mvn:pricing"),
                felix.file(MadeBundle.of("pricing", "1.0.0").header("Export-Package", "pricing")));

        server.resolve(List.of(ledger, pricing));

        assertThat(List.of(bundle(ledger).getState(), bundle(pricing).getState()))
                .containsOnly(Bundle.RESOLVED);
    }

    @Test
    void namesEveryMissingPackageWithItsRangeAndWhatIsOffered() throws Exception {
        felix.install(MadeBundle.of("pricing", "1.0.0").header("Export-Package", "pricing;version=1.2"));
        long ledger = install(
                MadeBundle.of("ledger", "2.0.0")
                        .header("Import-Package", "pricing;version=\"[2,3)\",nowhere,fine;resolution:=optional"),
                "2.0.0");

        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> server.resolve(List.of(ledger)))
                .satisfies(refused -> assertThat(refused.problems())
                        .extracting(Problem::toString)
                        .containsExactlyInAnyOrder(
                                "ledger 2.0.0 imports package pricing version [2.0.0,3.0.0);"
                                        + " offered is 1.2.0 by pricing 1.0.0",
                                "ledger 2.0.0 imports package nowhere; nothing offers it"))
                .satisfies(refused ->
                        assertThat(refused.problems()).extracting(Problem::code).containsOnly("does-not-resolve"));
    }

    @Test
    void namesWhatTheOnlyProviderIsMissing() throws Exception {
        felix.install(MadeBundle.of("pricing", "1.0.0")
                .header("Export-Package", "pricing")
                .header("Import-Package", "nowhere"));
        long ledger = install(MadeBundle.of("ledger", "2.0.0").header("Import-Package", "pricing"), "2.0.0");

        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> server.resolve(List.of(ledger)))
                .withMessage("ledger 2.0.0 needs pricing 1.0.0, which imports package nowhere; nothing offers it");
    }

    @Test
    void namesTheOtherSingletonAndTheMissingJava() throws Exception {
        felix.start(MadeBundle.of("ledger;singleton:=true", "1.0.0"));
        long singleton = install(MadeBundle.of("ledger;singleton:=true", "2.0.0"), "2.0.0");
        long java = server.install(
                spec("future", "1.0.0", "mvn:future"),
                felix.file(MadeBundle.of("future", "1.0.0")
                        .header("Require-Capability", "osgi.ee;filter:=\"(&(osgi.ee=JavaSE)(version=99))\"")));

        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> server.resolve(List.of(singleton, java)))
                .withMessageContaining("ledger 2.0.0 is a singleton, and ledger 1.0.0 is in its place")
                .withMessageContaining("future 1.0.0 needs JavaSE 99; offered is ");
    }

    @Test
    void namesProvidersThatExcludeEachOther() throws Exception {
        felix.start(MadeBundle.of("types1", "1.0.0").header("Export-Package", "types;version=1"));
        felix.start(MadeBundle.of("types2", "1.0.0").header("Export-Package", "types;version=2"));
        felix.start(MadeBundle.of("pricing", "1.0.0")
                .header("Import-Package", "types;version=\"[1,2)\"")
                .header("Export-Package", "pricing;uses:=types"));
        long ledger = install(
                MadeBundle.of("ledger", "2.0.0").header("Import-Package", "pricing,types;version=\"[2,3)\""), "2.0.0");

        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> server.resolve(List.of(ledger)))
                .withMessageContaining("ledger 2.0.0 does not resolve: Uses constraint violation")
                .withMessageContaining("types");
    }

    @Test
    void startsTransientlyForThisRunOnlyAndPersistentlyForLaterOnes() throws Exception {
        long one = install(MadeBundle.of("ledger", "1.0.0"), "1.0.0");
        long two = install(MadeBundle.of("ledger", "2.0.0"), "2.0.0");

        server.start(one, Start.PERSISTENT);
        server.start(two, Start.TRANSIENT);

        assertThat(List.of(bundle(one).getState(), bundle(two).getState())).containsOnly(Bundle.ACTIVE);
        felix.restart();
        assertThat(bundle(one).getState()).isEqualTo(Bundle.ACTIVE);
        assertThat(bundle(two).getState()).isNotEqualTo(Bundle.ACTIVE);
    }

    @Test
    void asksNoFragmentToStart() throws Exception {
        long fragment = install(MadeBundle.of("ledger", "1.0.0").header("Fragment-Host", "host"), "1.0.0");

        server.start(fragment, Start.PERSISTENT);
        server.start(fragment, Start.TRANSIENT);

        assertThat(level(bundle(fragment)).isPersistentlyStarted()).isFalse();
        assertThat(server.inactiveComponents(fragment)).isEmpty();
    }

    @Test
    void makesARunningBundlePersistentWithoutStartingItAgain() throws Exception {
        long id = install(MadeBundle.of("ledger", "2.0.0").activator("ledger.Main", """
                                package ledger;
                                public class Main implements org.osgi.framework.BundleActivator {
                                  static int starts;
                                  public void start(org.osgi.framework.BundleContext c) { starts++; }
                                  public void stop(org.osgi.framework.BundleContext c) {}
                                }
                                """), "2.0.0");
        server.start(id, Start.TRANSIENT);

        server.persist(id, Start.PERSISTENT);

        var starts = bundle(id).loadClass("ledger.Main").getDeclaredField("starts");
        starts.setAccessible(true);
        assertThat(starts.getInt(null)).isEqualTo(1);
        assertThat(level(bundle(id)).isPersistentlyStarted()).isTrue();
    }

    @Test
    void changesTheAutostartSettingOfAStoppedBundleOneWayOnly() {
        long id = install(MadeBundle.of("ledger", "2.0.0"), "2.0.0");
        server.start(id, Start.PERSISTENT);
        assertThatIllegalStateException().isThrownBy(() -> server.persist(id, Start.TRANSIENT));
        server.stop(id);

        server.persist(id, Start.TRANSIENT);

        assertThat(level(bundle(id)).isPersistentlyStarted()).isFalse();
        assertThat(bundle(id).getState()).isEqualTo(Bundle.RESOLVED);
        assertThatIllegalStateException().isThrownBy(() -> server.persist(id, Start.PERSISTENT));
        assertThat(bundle(id).getState()).isEqualTo(Bundle.RESOLVED);
    }

    @Test
    void stopsWithoutForgettingThatTheNextRunStartsIt() {
        long id = install(MadeBundle.of("ledger", "2.0.0"), "2.0.0");
        server.start(id, Start.PERSISTENT);

        server.stop(id);
        server.stop(id);

        assertThat(bundle(id).getState()).isEqualTo(Bundle.RESOLVED);
        assertThat(level(bundle(id)).isPersistentlyStarted()).isTrue();
    }

    @Test
    void honoursLazyActivation() {
        long id = install(MadeBundle.of("ledger", "2.0.0").header("Bundle-ActivationPolicy", "lazy"), "2.0.0");

        server.start(id, Start.TRANSIENT);

        assertThat(bundle(id).getState()).isEqualTo(Bundle.STARTING);
    }

    @Test
    void refusesToStartAboveTheStartLevelOfTheContainer() {
        BundleSpec spec =
                new BundleSpec("ledger", new Version(2, 0, 0), "mvn:ledger", "", 90, BundleSpec.Role.APPLICATION);
        long id = server.install(spec, felix.file(MadeBundle.of("ledger", "2.0.0")));

        for (Start how : Start.values()) {
            assertThatExceptionOfType(RefusedException.class)
                    .isThrownBy(() -> server.start(id, how))
                    .withMessageContaining("ledger 2.0.0 has start level 90, above the container's 10");
        }
    }

    @Test
    void knowsTheLevelThatKarafGoesOnTo() {
        String beginning = "org.osgi.framework.startlevel.beginning";
        BundleSpec spec =
                new BundleSpec("ledger", new Version(2, 0, 0), "mvn:ledger", "", 90, BundleSpec.Role.APPLICATION);
        long id = server.install(spec, felix.file(MadeBundle.of("ledger", "2.0.0")));
        assertThat(server.reached(90)).isFalse();
        assertThat(server.reached(10)).isTrue();
        System.setProperty(beginning, "100");
        try {
            server.start(id, Start.PERSISTENT);
        } finally {
            System.clearProperty(beginning);
        }

        assertThat(level(bundle(id)).isPersistentlyStarted()).isTrue();
    }

    @Test
    void leavesAPersistentStartToAContainerThatIsStillOnItsWayUp() throws Exception {
        FrameworkStartLevel container = felix.context().getBundle(0).adapt(FrameworkStartLevel.class);
        container.setStartLevel(5);
        Awaitility.await().atMost(LONG).until(() -> container.getStartLevel() == 5);
        BundleSpec spec =
                new BundleSpec("ledger", new Version(2, 0, 0), "mvn:ledger", "", 8, BundleSpec.Role.APPLICATION);
        long id = server.install(spec, felix.file(MadeBundle.of("ledger", "2.0.0")));

        server.start(id, Start.PERSISTENT);

        assertThat(bundle(id).getState()).isNotEqualTo(Bundle.ACTIVE);
        container.setStartLevel(10);
        Awaitility.await().atMost(LONG).until(() -> bundle(id).getState() == Bundle.ACTIVE);
    }

    @Test
    void undoneInstallLeavesTheStartLevelAndAutostartOfTheOldVersion() throws Exception {
        Bundle old = felix.start(MadeBundle.of("ledger", "1.0.0"));
        level(old).setStartLevel(6);
        long id = install(MadeBundle.of("ledger", "2.0.0"), "2.0.0");
        server.start(id, Start.TRANSIENT);

        server.uninstall(id);

        assertThat(level(old).getStartLevel()).isEqualTo(6);
        assertThat(level(old).isPersistentlyStarted()).isTrue();
        assertThat(old.getState()).isEqualTo(Bundle.ACTIVE);
    }

    @Test
    void saysWhatTheActivatorThrew() {
        long id = install(MadeBundle.of("ledger", "2.0.0").activator("ledger.Main", """
                                package ledger;
                                public class Main implements org.osgi.framework.BundleActivator {
                                  public void start(org.osgi.framework.BundleContext c) { throw new IllegalStateException("no port"); }
                                  public void stop(org.osgi.framework.BundleContext c) {}
                                }
                                """), "2.0.0");

        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> server.start(id, Start.TRANSIENT))
                .withMessage("ledger 2.0.0 does not start: java.lang.IllegalStateException: no port")
                .satisfies(refused ->
                        assertThat(refused.problems()).extracting(Problem::code).containsExactly("does-not-start"));
    }

    @Test
    void freesTheClassLoaderOfAnUninstalledBundle() {
        long id = install(MadeBundle.of("ledger", "2.0.0").header("Export-Package", "ledger"), "2.0.0");
        server.start(id, Start.TRANSIENT);

        server.uninstall(id);
        server.uninstall(id);

        assertThat(server.reclaim(LONG)).isEmpty();
        assertThat(bundle(id)).isNull();
    }

    @Test
    void namesAClassLoaderThatSomebodyHolds() throws Exception {
        long id = install(
                MadeBundle.of("ledger", "2.0.0").source("ledger.Account", "package ledger; class Account {}"), "2.0.0");
        Class<?> held = bundle(id).loadClass("ledger.Account");

        server.uninstall(id);

        assertThat(server.reclaim(Duration.ofMillis(1))).containsExactly("ledger 2.0.0");
        assertThat(held.getClassLoader()).isNotNull();
    }

    @Test
    void namesTheBundlesStillWiredToAnUninstalledOneAndFreesItAfterThem() throws Exception {
        long ledger = install(
                MadeBundle.of("ledger", "1.0.0")
                        .header("Export-Package", "ledger")
                        .source("ledger.Account", "package ledger; public class Account {}"),
                "1.0.0");
        Bundle reports = felix.start(MadeBundle.of("reports", "1.0.0").header("Import-Package", "ledger"));
        Bundle bystander = felix.start(MadeBundle.of("bystander", "1.0.0"));
        reports.loadClass("ledger.Account");
        server.uninstall(ledger);
        assertThat(server.unreclaimed()).containsExactly("ledger 1.0.0, still wired to by reports 1.0.0");
        assertThat(server.reclaim(Duration.ofMillis(1))).isNotEmpty();
        assertThat(reports.getState()).isEqualTo(Bundle.ACTIVE);

        server.uninstall(reports.getBundleId());

        assertThat(server.reclaim(LONG)).isEmpty();
        assertThat(bystander.getState()).isEqualTo(Bundle.ACTIVE);
    }

    @Test
    void freesUninstalledBundlesThatAreWiredToEachOther() throws Exception {
        MadeBundle one = MadeBundle.of("ledger", "1.0.0")
                .header("Export-Package", "ledger")
                .header("Import-Package", "reports");
        Bundle reports = felix.install(MadeBundle.of("reports", "1.0.0")
                .header("Export-Package", "reports")
                .header("Import-Package", "ledger"));
        long ledger = install(one, "1.0.0");
        server.resolve(List.of(ledger, reports.getBundleId()));

        server.uninstall(ledger);
        assertThat(server.unreclaimed()).containsExactly("ledger 1.0.0, still wired to by reports 1.0.0");
        server.uninstall(reports.getBundleId());

        assertThat(server.reclaim(LONG)).isEmpty();
    }

    @Test
    void hearsWhatBecomesOfBundlesUntilItIsClosed() throws Exception {
        Bundle ledger = felix.start(MadeBundle.of("ledger", "1.0.0"));
        Watch watch = server.watch();

        ledger.stop();
        Bundle other = felix.start(MadeBundle.of("other", "1.0.0"));
        ledger.uninstall();
        watch.close();
        other.stop();

        assertThat(watch.disturbed())
                .containsExactly(
                        new Disturbed(ledger.getBundleId(), "ledger 1.0.0", "stopped"),
                        new Disturbed(other.getBundleId(), "other 1.0.0", "installed"),
                        new Disturbed(ledger.getBundleId(), "ledger 1.0.0", "unresolved"),
                        new Disturbed(ledger.getBundleId(), "ledger 1.0.0", "uninstalled"));
    }
}
