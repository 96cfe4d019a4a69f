// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.theseus.port.Snapshot.Installed;
import io.theseus.release.BundleSpec;
import io.theseus.release.InstallOptions;
import io.theseus.release.PermanentOptions;
import io.theseus.release.Problem;
import io.theseus.release.Progress;
import io.theseus.release.ReleaseId;
import io.theseus.release.ReleaseStatus;
import io.theseus.release.Report;
import io.theseus.release.Report.Outcome;
import io.theseus.release.StartType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Version;

class StartTypeTest {
    private static final InstallOptions SHORT = InstallOptions.DEFAULT.withBake(Duration.ofMillis(20));
    private static final String[] MIXED = {
        "ledger 1.0.0", "audit 1.0.0 OPTIONAL", "tool 1.0.0 LOADED", "docs 1.0.0 NONE", "skin 1.0.0"
    };
    private static final String[] NEVER = {"start tool 1.0.0", "start docs 1.0.0", "start skin 1.0.0"};

    @TempDir
    Path folder;

    private World world;

    @BeforeEach
    void open() {
        world = new World(folder);
        world.code.fragments.add("skin 1.0.0");
    }

    @AfterEach
    void close() {
        world.close();
    }

    /** Bundles as {@code tool 1.0.0 LOADED}. */
    private ReleaseId unpack(String version, String... bundles) {
        String lines = Arrays.stream(bundles)
                .map(text -> text.split(" "))
                .map(words ->
                        "bundle " + world.bundle(words[0] + " " + words[1]) + (words.length > 2 ? " " + words[2] : ""))
                .collect(Collectors.joining("\n"));
        return world.handler
                .unpack(world.file("shop-" + version, "release shop " + version + "\n" + lines))
                .release()
                .id();
    }

    private ReleaseId permanent(String version, String... bundles) {
        ReleaseId id = unpack(version, bundles);
        install(id);
        makePermanent(id);
        return id;
    }

    private Report install(ReleaseId id) {
        return world.handler.install(id, InstallOptions.DEFAULT, Progress.SILENT);
    }

    private Report makePermanent(ReleaseId id) {
        return world.handler.makePermanent(id, PermanentOptions.DEFAULT, Progress.SILENT);
    }

    private Report last() {
        List<Report> history = world.handler.history();
        return history.get(history.size() - 1);
    }

    @Test
    void aRestartStartsWhatTheReleaseHasStartedAndNothingElse() {
        permanent("1.0.0", MIXED);
        assertThat(world.code.persistent()).containsExactly("audit 1.0.0", "ledger 1.0.0");
        int mark = world.log.mark();

        world.restart();

        assertThat(world.code.active()).containsExactly("audit 1.0.0", "ledger 1.0.0");
        assertThat(world.code.persistent()).containsExactly("audit 1.0.0", "ledger 1.0.0");
        assertThat(world.log.since(mark)).doesNotContain(NEVER);
        assertThat(world.handler
                        .find("1.0.0")
                        .release()
                        .bundle("tool")
                        .orElseThrow()
                        .type())
                .isEqualTo(StartType.LOADED);
    }

    @Test
    void aCacheThatWasWipedIsFilledAsTheReleaseHasIt() {
        permanent("1.0.0", MIXED);
        world.handler.close();
        world.code.bundles.clear();
        world.code.resolved.clear();
        int mark = world.log.mark();

        world.restart();

        assertThat(world.code.bundles).hasSize(5);
        assertThat(world.code.persistent()).containsExactly("audit 1.0.0", "ledger 1.0.0");
        assertThat(world.code.resolved).containsExactly("tool 1.0.0");
        assertThat(world.log.since(mark)).doesNotContain(NEVER);
    }

    @Test
    void whatDoesNotStartOrResolveKeepsNothingElseDown() {
        permanent("1.0.0", MIXED);
        world.handler.close();
        world.code.bundles.clear();
        world.log.failOn("start audit 1.0.0", "resolve");

        world.restart();

        assertThat(world.code.active()).containsExactly("ledger 1.0.0");
        assertThat(world.handler.find("1.0.0").status()).isEqualTo(ReleaseStatus.PERMANENT);
    }

    @Test
    void whatAnOperatorHasStartedStaysStarted() {
        permanent("1.0.0", MIXED);
        world.code.start(world.code.id("tool 1.0.0"), io.theseus.port.CodeServer.Start.PERSISTENT);

        world.restart();

        assertThat(world.code.persistent()).contains("tool 1.0.0");
    }

    @Test
    void aTrialStartsWhatTheReleaseHasStartedAndNothingElse() {
        permanent("1.0.0", "ledger 1.0.0");
        world.deciding.anew = true;
        ReleaseId two = unpack("2.0.0", "ledger 2.0.0", MIXED[1], MIXED[2], MIXED[3], MIXED[4]);
        int mark = world.log.mark();
        install(two);
        world.log.failOn("start audit 1.0.0");
        world.code.resolved.clear();

        world.restart();

        assertThat(world.handler.find("2.0.0").status()).isEqualTo(ReleaseStatus.CURRENT);
        assertThat(world.code.active()).containsExactly("ledger 2.0.0");
        assertThat(world.code.resolved).containsExactly("tool 1.0.0");
        assertThat(last().problems()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("injected");
            assertThat(problem.text()).isEqualTo("fails as told");
        });
        assertThat(world.log.since(mark)).doesNotContain(NEVER);
        makePermanent(two);
        assertThat(world.code.persistent()).containsExactly("ledger 2.0.0");
    }

    @Test
    void aTrialInWhichARequiredBundleDoesNotStartGoesBack() {
        permanent("1.0.0", "ledger 1.0.0");
        world.deciding.anew = true;
        install(unpack("2.0.0", "ledger 2.0.0", "audit 1.0.0"));
        world.log.failOn("start audit 1.0.0");

        world.restart();

        assertThat(world.handler.find("2.0.0").status()).isEqualTo(ReleaseStatus.UNPACKED);
        assertThat(last().problems()).extracting(Problem::text).contains("fails as told");
    }

    @Test
    void aTrialStartsWhatIsRequiredNowAndWasLoaded() {
        permanent("1.0.0", "ledger 1.0.0", "tool 1.0.0 LOADED");
        world.deciding.anew = true;
        install(unpack("2.0.0", "ledger 2.0.0", "tool 1.0.0"));

        world.restart();

        assertThat(world.handler.find("2.0.0").status()).isEqualTo(ReleaseStatus.CURRENT);
        assertThat(world.code.active()).containsExactly("ledger 2.0.0", "tool 1.0.0");
    }

    @Test
    void whatIsNotStartedIsNoIllness() {
        permanent("1.0.0", "ledger 1.0.0");
        ReleaseId two = unpack("2.0.0", "ledger 2.0.0", MIXED[1], MIXED[2], MIXED[3], MIXED[4]);
        Progress progress = (phase, text, elapsed) -> {
            if (phase.equals("done") && text.startsWith("install")) {
                world.code.stop(world.code.id("audit 1.0.0"));
            }
        };

        Report report = world.handler.install(two, SHORT, progress);

        assertThat(report.outcome()).isEqualTo(Outcome.DONE);
        assertThat(world.handler.find("2.0.0").status()).isEqualTo(ReleaseStatus.CURRENT);
    }

    @Test
    void whatIsRequiredFromNowOnInItsVersionIsNoIllnessAndStartsWithTheContainer() {
        permanent("1.0.0", "ledger 1.0.0", "tool 1.0.0 LOADED");
        ReleaseId two = unpack("2.0.0", "ledger 2.0.0", "tool 1.0.0");

        assertThat(world.handler.install(two, SHORT, Progress.SILENT).outcome()).isEqualTo(Outcome.DONE);
        assertThat(world.handler.find("2.0.0").status()).isEqualTo(ReleaseStatus.CURRENT);
        makePermanent(two);
        assertThat(world.code.active()).containsExactly("ledger 2.0.0");

        world.restart();

        assertThat(world.code.active()).containsExactly("ledger 2.0.0", "tool 1.0.0");
    }

    @Test
    void whatAnAppupStartsAgainstTheReleaseIsNotMadePermanent() {
        permanent("1.0.0", "ledger 1.0.0");
        world.deciding.optional.add("tool");
        ReleaseId two = unpack("2.0.0", "ledger 2.0.0", "tool 1.0.0 LOADED");
        install(two);
        assertThat(world.code.active()).contains("tool 1.0.0");

        makePermanent(two);

        assertThat(world.code.persistent()).containsExactly("ledger 2.0.0");
    }

    @Test
    void whatDidNotRunIsNotStartedByAnUndo() {
        world.deciding.restarted.add("tool");
        permanent("1.0.0", "ledger 1.0.0", "tool 1.0.0 LOADED");
        int mark = world.log.mark();
        world.log.failOn("switch");

        assertThat(install(unpack("2.0.0", "ledger 2.0.0", "tool 2.0.0 LOADED")).outcome())
                .isEqualTo(Outcome.UNDONE);

        assertThat(world.log.since(mark)).contains("switch").doesNotContain("start tool 1.0.0", "start tool 2.0.0");
        assertThat(world.code.active()).containsExactly("ledger 1.0.0");
    }

    @Test
    void aRollbackLeavesWhatDidNotRun() {
        world.deciding.restarted.add("tool");
        permanent("1.0.0", "ledger 1.0.0", "tool 1.0.0 LOADED");
        install(unpack("2.0.0", "ledger 2.0.0", "tool 2.0.0"));
        assertThat(world.code.active()).contains("tool 2.0.0");

        assertThat(world.handler.rollback(true, Progress.SILENT).outcome()).isEqualTo(Outcome.DONE);

        assertThat(world.code.active()).containsExactly("ledger 1.0.0");
    }

    @Test
    void whatIsStoppedWhenTheFirstReleaseIsRecordedStaysSo() {
        world.close();
        io.theseus.handler.internal.store.Disk.delete(folder.resolve("releases"));
        world.code.bundles.put(1L, installed(1, "ledger", true));
        world.code.bundles.put(2L, installed(2, "tool", false));

        world.restart();
        world.restart();

        assertThat(world.handler.find("0.0.0").release().bundles())
                .extracting(BundleSpec::type)
                .containsExactly(StartType.REQUIRED, StartType.NONE);
        assertThat(world.code.active()).containsExactly("ledger 1.0.0");
    }

    private static Installed installed(long id, String name, boolean started) {
        return new Installed(
                id, name, new Version(1, 0, 0), "gone:" + name, started, started, 80, false, Set.of(), true, false);
    }
}
