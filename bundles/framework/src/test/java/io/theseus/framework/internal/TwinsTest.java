// SPDX-License-Identifier: Apache-2.0
package io.theseus.framework.internal;

import static io.theseus.framework.internal.FelixExtension.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.theseus.itests.made.MadeBundle;
import io.theseus.port.CodeServer.Disturbed;
import io.theseus.port.CodeServer.Start;
import io.theseus.port.CodeServer.Watch;
import io.theseus.release.BundleSpec;
import io.theseus.release.RefusedException;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.framework.wiring.BundleWiring;

/** A bundle that is there twice, each of the two wired to another version of a library. */
class TwinsTest {
    private static final MadeBundle LEDGER =
            MadeBundle.of("ledger", "1.0.0").header("Import-Package", "money;version=\"[1,2)\"");

    @RegisterExtension
    private final FelixExtension felix = new FelixExtension();

    private FrameworkCodeServer server;
    private long oldMoney;
    private long oldLedger;

    @BeforeEach
    void run() throws Exception {
        server = new FrameworkCodeServer(felix.context(), Map.of());
        oldMoney = felix.start(money("1.0.0")).getBundleId();
        oldLedger = server.install(at("mvn:ledger/1.0.0"), felix.file(LEDGER));
        server.start(oldLedger, Start.PERSISTENT);
    }

    private static MadeBundle money(String version) {
        return MadeBundle.of("money", version)
                .header("Export-Package", "money;version=" + version)
                .source("money.Money", "package money; public class Money {}");
    }

    private static BundleSpec at(String location) {
        return spec("ledger", "1.0.0", location);
    }

    private long again() {
        return server.installAgain(at("mvn:ledger/1.0.0"), oldLedger, felix.file(LEDGER));
    }

    private Bundle bundle(long id) {
        return felix.context().getBundle(id);
    }

    private List<Long> ledgers() {
        return Stream.of(felix.context().getBundles())
                .filter(bundle -> "ledger".equals(bundle.getSymbolicName()))
                .map(Bundle::getBundleId)
                .toList();
    }

    private long library(long user) {
        return bundle(user).adapt(BundleWiring.class).getRequiredWires(null).stream()
                .filter(wire ->
                        "money".equals(wire.getCapability().getAttributes().get("osgi.wiring.package")))
                .map(wire -> wire.getProvider().getBundle().getBundleId())
                .findFirst()
                .orElse(-1L);
    }

    @Test
    void theSecondIsWiredToTheNewLibraryAndNobodyElseIsTouched() throws Exception {
        try (Watch watch = server.watch()) {
            long newMoney = server.install(spec("money", "1.1.0", "mvn:money/1.1.0"), felix.file(money("1.1.0")));
            long newLedger = again();
            server.separate(Set.of(oldMoney, oldLedger), Set.of(newMoney, newLedger));

            server.resolve(List.of(newMoney, newLedger));
            server.start(newLedger, Start.TRANSIENT);

            assertThat(library(newLedger)).isEqualTo(newMoney);
            assertThat(library(oldLedger)).isEqualTo(oldMoney);
            assertThat(bundle(oldLedger).getState()).isEqualTo(Bundle.ACTIVE);
            assertThat(bundle(newLedger).getState()).isEqualTo(Bundle.ACTIVE);
            server.uninstall(oldLedger);
            server.uninstall(oldMoney);
            assertThat(library(newLedger)).isEqualTo(newMoney);
            assertThat(watch.disturbed())
                    .extracting(Disturbed::what, Disturbed::id)
                    .doesNotContain(org.assertj.core.groups.Tuple.tuple("stopped", newLedger))
                    .allSatisfy(
                            tuple -> assertThat(tuple.toList().get(1)).isIn(oldMoney, oldLedger, newMoney, newLedger));
        }
    }

    @Test
    void theOldOneIsNotWiredToWhatComesEvenLater() throws Exception {
        MadeBundle curious = MadeBundle.of("curious", "1.0.0").header("DynamicImport-Package", "*");
        Bundle old = felix.start(curious);
        Bundle stranger = felix.start(MadeBundle.of("stranger", "1.0.0").header("DynamicImport-Package", "*"));
        long newMoney = server.install(spec("money", "1.1.0", "mvn:money/1.1.0"), felix.file(money("1.1.0")));
        server.separate(Set.of(oldMoney, oldLedger, old.getBundleId()), Set.of(newMoney));
        server.resolve(List.of(newMoney));

        old.loadClass("money.Money");
        stranger.loadClass("money.Money");

        assertThat(library(old.getBundleId())).isEqualTo(oldMoney);
        assertThat(library(stranger.getBundleId())).isEqualTo(newMoney);
    }

    @Test
    void neitherFindsTheOtherAndStrangersFindBoth() throws Exception {
        Bundle stranger = felix.start(MadeBundle.of("stranger", "1.0.0"));
        long newMoney = server.install(spec("money", "1.1.0", "mvn:money/1.1.0"), felix.file(money("1.1.0")));
        long newLedger = again();
        server.separate(Set.of(oldMoney, oldLedger), Set.of(newMoney, newLedger));
        server.resolve(List.of(newMoney, newLedger));
        server.start(newLedger, Start.TRANSIENT);

        assertThat(found(newLedger))
                .contains(newMoney, newLedger, stranger.getBundleId())
                .doesNotContain(oldMoney, oldLedger);
        assertThat(found(oldLedger))
                .contains(oldMoney, oldLedger, stranger.getBundleId())
                .doesNotContain(newMoney, newLedger);
        assertThat(found(stranger.getBundleId())).contains(oldMoney, oldLedger, newMoney, newLedger);
    }

    private List<Long> found(long looking) {
        return Stream.of(bundle(looking).getBundleContext().getBundles())
                .map(Bundle::getBundleId)
                .toList();
    }

    @Test
    void neitherHearsOfTheOther() throws Exception {
        long newLedger = again();
        server.separate(Set.of(oldLedger), Set.of(newLedger));
        List<Long> heard = new CopyOnWriteArrayList<>();
        SynchronousBundleListener listener =
                event -> heard.add(event.getBundle().getBundleId());
        bundle(oldLedger).getBundleContext().addBundleListener(listener);

        server.start(newLedger, Start.TRANSIENT);
        Bundle stranger = felix.start(MadeBundle.of("stranger", "1.0.0"));

        assertThat(heard).contains(stranger.getBundleId()).doesNotContain(newLedger);
    }

    @Test
    void locationsAreTakenInTurn() throws Exception {
        long second = again();
        assertThat(bundle(second).getLocation()).isEqualTo("mvn:ledger/1.0.0#1.0.0");
        long third = again();
        assertThat(bundle(third).getLocation()).isEqualTo("mvn:ledger/1.0.0#1.0.0#again");
        server.uninstall(oldLedger);

        long fourth = server.installAgain(at("mvn:ledger/1.0.0"), third, felix.file(LEDGER));

        assertThat(bundle(fourth).getLocation()).isEqualTo("mvn:ledger/1.0.0");
        assertThat(Stream.of(second, third, fourth).map(id -> bundle(id).getLocation()))
                .allMatch(at("mvn:ledger/1.0.0")::isAt);
    }

    @Test
    void nobodyElseInstallsASecondOne() {
        again();

        assertThatExceptionOfType(BundleException.class)
                .isThrownBy(
                        () -> felix.context().installBundle("test:third", new ByteArrayInputStream(LEDGER.bytes())));
        assertThat(ledgers()).hasSize(2);
    }

    @Test
    void otherContentIsRefused() {
        MadeBundle other = LEDGER.entry("more.txt", "more");

        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> server.installAgain(at("mvn:ledger/1.0.0"), oldLedger, felix.file(other)))
                .withMessageContaining("is installed with other content already");
        assertThat(ledgers()).containsExactly(oldLedger);
    }

    @Test
    void anotherBuildOfItComesBesideItAndIsToldFromIt() throws Exception {
        MadeBundle other = LEDGER.entry("more.txt", "more");
        long second = server.installAnother(at("mvn:ledger/1.0.0"), felix.file(other));
        server.start(second, Start.TRANSIENT);

        felix.restart();
        server = new FrameworkCodeServer(felix.context(), Map.of());

        assertThat(ledgers()).containsExactly(oldLedger, second);
        assertThat(server.holds(second, felix.file(other))).isTrue();
        assertThat(server.holds(second, felix.file(LEDGER))).isFalse();
        assertThat(server.holds(oldLedger, felix.file(LEDGER))).isTrue();
        assertThat(server.holds(oldLedger, felix.file(other))).isFalse();
    }

    @Test
    void bothAreThereAfterARestartAndTheSecondIsNotStarted() throws Exception {
        long second = again();
        server.start(second, Start.TRANSIENT);

        felix.restart();

        assertThat(ledgers()).containsExactly(oldLedger, second);
        assertThat(Optional.of(bundle(oldLedger)).map(Bundle::getState)).contains(Bundle.ACTIVE);
        assertThat(bundle(second).getState()).isNotEqualTo(Bundle.ACTIVE);
    }

    @Test
    void theSnapshotAnswersTheOneThatCameLast() {
        long second = again();

        var snapshot = server.snapshot();

        assertThat(snapshot.find("ledger", bundle(second).getVersion())
                        .orElseThrow()
                        .id())
                .isEqualTo(second);
        assertThat(snapshot.all("ledger", bundle(second).getVersion())).hasSize(2);
        assertThat(snapshot.without(each -> each.id() == second)
                        .find("ledger", bundle(second).getVersion())
                        .orElseThrow()
                        .id())
                .isEqualTo(oldLedger);
    }
}
