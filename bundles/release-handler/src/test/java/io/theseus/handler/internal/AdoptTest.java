// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.theseus.api.Direction;
import io.theseus.handler.internal.store.Disk;
import io.theseus.port.Snapshot.Installed;
import io.theseus.port.Switchboard.Holder;
import io.theseus.release.ApplicationChange;
import io.theseus.release.ApplicationChange.Adopt;
import io.theseus.release.ApplicationChange.Remove;
import io.theseus.release.ApplicationChange.Replace;
import io.theseus.release.BundleSpec;
import io.theseus.release.InstallOptions;
import io.theseus.release.PermanentOptions;
import io.theseus.release.Problem;
import io.theseus.release.Progress;
import io.theseus.release.RefusedException;
import io.theseus.release.ReleaseId;
import io.theseus.release.ReleaseStatus;
import io.theseus.release.Report;
import io.theseus.release.Report.Outcome;
import io.theseus.release.UnmanagedInfo;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.framework.Version;

/** Applications that ran before Theseus came: the ledger, which audit uses, and the web that uses audit. */
class AdoptTest {
    private static final InstallOptions OPTIONS = InstallOptions.DEFAULT.thenPermanent();
    private static final ReleaseId ADOPTED = ReleaseId.parse("container/0.0.0.2-changes");

    @TempDir
    Path folder;

    private World world;

    @BeforeEach
    void comeLate() throws IOException {
        world = new World(folder);
        world.close();
        Disk.delete(folder.resolve("releases"));
        there(1, "web", 30);
        there(2, "ledger", 80);
        there(3, "audit", 80);
        world.switchboard.holders =
                List.of(new Holder("ledger", "Ledger", 3, false), new Holder("audit", "Servlet", 1, true));
        world.restart();
    }

    @AfterEach
    void close() {
        world.close();
    }

    private void there(long id, String name, int startLevel) {
        String location = world.bundle(name + " 1.0.0").toString();
        world.code.bundles.put(
                id,
                new Installed(
                        id,
                        name,
                        Version.parseVersion("1.0.0"),
                        location,
                        true,
                        true,
                        startLevel,
                        false,
                        Set.of(),
                        false,
                        false));
    }

    private Report adopt(String... names) {
        return world.handler.change(
                Stream.of(names).<ApplicationChange>map(Adopt::new).toList(), OPTIONS, Progress.SILENT);
    }

    private List<Problem> refused(InstallOptions options, ApplicationChange... changes) {
        return catchThrowableOfType(
                        RefusedException.class, () -> world.handler.change(List.of(changes), options, Progress.SILENT))
                .problems();
    }

    private List<String> refused(String... names) {
        return refused(OPTIONS, Stream.of(names).map(Adopt::new).toArray(ApplicationChange[]::new)).stream()
                .map(Problem::code)
                .toList();
    }

    @Test
    void theyAreListedAsUnmanaged() {
        assertThat(world.handler.unmanaged())
                .containsExactly(
                        new UnmanagedInfo("audit", "1.0.0", 3, false),
                        new UnmanagedInfo("ledger", "1.0.0", 2, false),
                        new UnmanagedInfo("web", "1.0.0", 1, true));
    }

    @Test
    void eachIsInstalledASecondTimeBehindStableServices() {
        int mark = world.log.mark();

        Report report = adopt("ledger", "audit");

        assertThat(report.operation()).isEqualTo("adopt");
        assertThat(report.outcome()).isEqualTo(Outcome.DONE);
        assertThat(world.log.since(mark))
                .containsSubsequence(
                        "front [audit, ledger]",
                        "install again ledger 1.0.0",
                        "open {2=10, 3=11} handovers []",
                        "warm",
                        "switch",
                        "persist ledger 1.0.0",
                        "drop",
                        "uninstall audit 1.0.0",
                        "uninstall ledger 1.0.0")
                .doesNotContain("unfront [audit, ledger]");
        assertThat(world.code.bundles.keySet()).containsExactly(1L, 10L, 11L);
        assertThat(world.code.persistent()).containsExactly("audit 1.0.0", "ledger 1.0.0", "web 1.0.0");
    }

    @Test
    void theyAreInAReleaseOfTheirOwnThatIsPermanent() {
        adopt("ledger", "audit");

        assertThat(world.handler.find(ADOPTED.toString())).satisfies(info -> {
            assertThat(info.status()).isEqualTo(ReleaseStatus.PERMANENT);
            assertThat(info.release().bundles())
                    .extracting(BundleSpec::symbolicName)
                    .containsExactly("ledger", "audit");
            assertThat(info.release().bundles()).allSatisfy(bundle -> {
                assertThat(bundle.location()).contains(bundle.symbolicName() + "-1.0.0.jar");
                assertThat(bundle.sha256()).isNotEmpty();
            });
        });
        assertThat(world.requirements.required()).isEmpty();
        world.restart();
        assertThat(world.code.bundles.keySet()).containsExactly(1L, 10L, 11L);
        assertThat(world.code.active()).containsExactly("audit 1.0.0", "ledger 1.0.0", "web 1.0.0");
        assertThat(world.handler.status().permanent()).isEqualTo(ADOPTED);
    }

    @Test
    void whatNobodyHoldsOnlyBecomesPartOfTheRelease() {
        world.switchboard.holders = List.of();
        int mark = world.log.mark();

        assertThat(adopt("ledger").outcome()).isEqualTo(Outcome.DONE);

        assertThat(world.log.since(mark)).doesNotContain("install again ledger 1.0.0", "switch");
        assertThat(world.code.bundles.keySet()).containsExactly(1L, 2L, 3L);
        assertThat(world.handler.find("container/0.0.0.ledger-adopted").status())
                .isEqualTo(ReleaseStatus.PERMANENT);
    }

    @Test
    void oneOfTheReleaseThatHoldsItMovesToo() {
        adopt("audit");
        world.code.bundles.keySet().stream()
                .filter(id -> id > 9)
                .forEach(id -> world.switchboard.holders = List.of(new Holder("ledger", "Ledger", id, false)));
        int mark = world.log.mark();

        adopt("ledger");

        assertThat(world.log.since(mark))
                .contains("front [audit, ledger]", "install again audit 1.0.0", "install again ledger 1.0.0");
    }

    /** A release that Karaf had installed before it was unpacked. */
    @Test
    void whatIsInTheReleaseAlreadyAndWasHandedOutIsAdoptedToo() {
        ReleaseId shop = world.unpack("1.0.0", "ledger 1.0.0", "audit 1.0.0");
        world.handler.install(shop, OPTIONS, Progress.SILENT);
        assertThat(world.code.bundles.keySet()).containsExactly(1L, 2L, 3L);

        Report report = adopt("ledger", "audit");

        assertThat(report.to()).isEqualTo(ReleaseId.parse("shop/1.0.0.2-changes"));
        assertThat(world.code.bundles.keySet()).containsExactly(1L, 10L, 11L);
        world.switchboard.holders = List.of();
        assertThat(refused("ledger")).containsExactly("adopted-already");
    }

    /** openhab-core 3983, for what somebody had installed before Theseus came. */
    @Test
    void theFeatureThatBroughtItIsRequiredWithWhatRunsWhenOneIsUpgradedAlone() {
        String location = world.code.bundles.get(2L).location();
        world.requirements.required.add("mine/1.0.0");
        world.requirements.bundles.put(location, "mine/1.0.0");
        adopt("ledger", "audit");
        assertThat(world.requirements.required()).containsExactly("mine/1.0.0");

        ReleaseId two = upgrade("ledger 2.0.0");
        assertThat(world.requirements.required()).containsExactly("mine/1.0.0.2-changes-ledger-2_0_0");
        assertThat(world.requirements.bundles).containsOnlyKeys(stored(two));
        upgrade("ledger 3.0.0");

        assertThat(world.requirements.required()).containsExactly("mine/1.0.0.2-changes-ledger-2_0_0-ledger-3_0_0");
        ReleaseId back = ReleaseId.parse("container/0.0.0.2-changes");
        world.handler.install(back, InstallOptions.DEFAULT, Progress.SILENT);
        permanent(back);
        assertThat(world.requirements.required()).containsExactly("mine/1.0.0.2-changes");
        assertThat(world.requirements.bundles).containsOnlyKeys(stored(back));
    }

    @Test
    void aFeatureThatCameWithTheOldOneBeforeARestartIsRevisedAfterIt() {
        adopt("ledger", "audit");
        ReleaseId two = upgrade("ledger 2.0.0");
        world.requirements.required.add("mine/1.0.0");
        world.requirements.bundles.put(
                world.handler
                        .find(ADOPTED.toString())
                        .release()
                        .bundle("ledger")
                        .orElseThrow()
                        .location(),
                "mine/1.0.0");

        world.restart();

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(world.requirements.bundles).containsOnlyKeys(stored(two)));
    }

    private ReleaseId upgrade(String bundle) {
        ReleaseId id = world.handler
                .change(
                        List.of(new Replace(Direction.UP, "ledger", world.bundle(bundle))),
                        InstallOptions.DEFAULT,
                        Progress.SILENT)
                .to();
        permanent(id);
        return id;
    }

    private void permanent(ReleaseId id) {
        assertThat(world.handler
                        .makePermanent(id, PermanentOptions.DEFAULT, Progress.SILENT)
                        .problems())
                .isEmpty();
    }

    /** Where the store has the ledger of a release. */
    private String stored(ReleaseId release) {
        String digest = world.handler
                .find(release.toString())
                .release()
                .bundle("ledger")
                .orElseThrow()
                .sha256();
        return folder.resolve("releases/bundles/" + digest + ".jar")
                .toAbsolutePath()
                .toUri()
                .toString();
    }

    @Test
    void aStateIsHandedOverToTheCopy() {
        world.deciding.stateful.put("ledger", "ledger.Accounts");
        world.switchboard.holders = List.of(new Holder("ledger", "Ledger", 3, false));
        world.accounts("ledger 1.0.0").balances.put("alice", 5L);
        Accounts copy = new Accounts("copy", world.log);
        world.components.replace(10, "ledger.Accounts", copy);

        assertThat(adopt("ledger", "audit").outcome()).isEqualTo(Outcome.DONE);

        assertThat(copy.balances).isEqualTo(Map.of("alice", 5L));
    }

    @Test
    void aStateIsNotHandedOverWhileOthersMightCallTheFirstOne() {
        List<Holder> harmless = world.switchboard.holders;
        world.switchboard.holders = Stream.concat(harmless.stream(), Stream.of(new Holder("audit", "Audit", 1, false)))
                .toList();
        Map<String, String> before = world.store();
        int mark = world.log.mark();

        assertThat(refused(OPTIONS, new Adopt("ledger"), new Adopt("audit")))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.code()).isEqualTo("raw-users");
                    assertThat(problem.toString())
                            .contains(
                                    "web 1.0.0: holds Audit of audit, Servlet of audit",
                                    "ledger 1.0.0 has handed its state over");
                });
        assertThat(world.store()).isEqualTo(before);
        assertThat(world.log.since(mark)).doesNotContain("front [audit, ledger]");
        world.switchboard.holders = harmless;
        assertThat(adopt("ledger", "audit").outcome()).isEqualTo(Outcome.DONE);
    }

    @Test
    void whoIsReboundIsAnnounced() {
        List<String> told = new ArrayList<>();

        world.handler.change(
                List.of(new Adopt("ledger"), new Adopt("audit")), OPTIONS, (phase, text, elapsed) -> told.add(text));

        assertThat(told).first().asString().startsWith("web 1.0.0 holds Servlet of audit: it gets the stable one");
    }

    @Test
    void whatFailsIsTakenBackAndForgotten() {
        world.code.inactive.put(10L, List.of(Problem.of("component-not-active", "ledger", "has nobody to talk to")));

        assertThat(refused("ledger", "audit")).containsExactly("component-not-active");

        assertThat(world.code.bundles.keySet()).containsExactly(1L, 2L, 3L);
        assertThat(world.handler.releases())
                .singleElement()
                .satisfies(info -> assertThat(info.release().id()).hasToString("container/0.0.0"));
        assertThat(world.log.since(0)).endsWith("unfront [audit, ledger]");
        assertThat(world.switchboard.declared).isEmpty();
        assertThat(world.code.active()).containsExactly("audit 1.0.0", "ledger 1.0.0", "web 1.0.0");
    }

    @Test
    void aPlanThatIsRefusedDisturbsNobody() {
        world.deciding.problems = List.of(Problem.of("package-users", "ledger", "somebody is wired to it"));
        int mark = world.log.mark();

        assertThat(refused("ledger", "audit")).containsExactly("package-users");

        assertThat(world.log.since(mark)).isEmpty();
        assertThat(world.handler.releases()).hasSize(1);
    }

    @Test
    void whatCanNotBeAdoptedIsNamedWithTheReason() throws IOException {
        there(4, "money", 80);
        world.file("money-1.0.0.jar", "money 1.0.0 library");
        there(5, "mail", 80);
        world.file("mail-1.0.0.jar", "mail 2.0.0");
        there(6, "gone", 80);
        java.nio.file.Files.delete(folder.resolve("gone-1.0.0.jar"));

        assertThat(refused("nobody", "web", "money", "mail", "gone"))
                .containsExactly("no-such-application", "system-bundle", "library", "other-content", "missing-bundle");
        assertThat(refused(
                        InstallOptions.DEFAULT.withBake(Duration.ofSeconds(1)).thenPermanent(), new Adopt("ledger")))
                .extracting(Problem::code)
                .containsExactly("bad-argument");
        assertThat(refused(OPTIONS, new Adopt("ledger"), new Remove("audit")))
                .extracting(Problem::code)
                .containsExactly("bad-argument", "no-such-application");
        assertThat(world.handler.releases()).hasSize(1);
    }

    @Test
    void nothingIsAdoptedWhileAReleaseBakes() {
        world.handler.install(world.unpack("1.0.0", "pricing 1.0.0"), InstallOptions.DEFAULT, Progress.SILENT);

        assertThat(refused("ledger")).containsExactly("baking");
    }

    @Test
    void whereItCanNotBeMadePermanentTheWayBackIsOpen() {
        world.switchboard.busy = List.of(new io.theseus.release.Status.BusyCall("main", "ledger", List.of()));
        Report report = adopt("ledger", "audit");
        assertThat(report.problems()).extracting(Problem::code).containsExactly("old-code-in-use");
        world.switchboard.busy = List.of();
        int mark = world.log.mark();

        assertThat(world.handler.rollback(false, Progress.SILENT).outcome()).isEqualTo(Outcome.DONE);

        assertThat(world.log.since(mark)).contains("switch", "unfront [audit, ledger]");
        assertThat(world.code.bundles.keySet()).containsExactly(1L, 2L, 3L);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 4, 6, 8, 10, 12, 14, 16, 18, 20})
    void aKillLeavesOneOfEach(int call) {
        world.log.killAtCall(call);
        try {
            adopt("ledger", "audit");
        } catch (RuntimeException e) {
            assertThat(e).hasRootCauseInstanceOf(Log.Killed.class);
        }

        world.restart();

        assertThat(world.code.active()).containsExactly("audit 1.0.0", "ledger 1.0.0", "web 1.0.0");
        assertThat(world.code.persistent()).containsExactly("audit 1.0.0", "ledger 1.0.0", "web 1.0.0");
    }
}
