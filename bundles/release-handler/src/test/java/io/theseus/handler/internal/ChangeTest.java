// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.theseus.api.Direction;
import io.theseus.port.Snapshot.Installed;
import io.theseus.release.ApplicationChange;
import io.theseus.release.ApplicationChange.Add;
import io.theseus.release.ApplicationChange.Remove;
import io.theseus.release.ApplicationChange.Replace;
import io.theseus.release.InstallOptions;
import io.theseus.release.PermanentOptions;
import io.theseus.release.Problem;
import io.theseus.release.Progress;
import io.theseus.release.RefusedException;
import io.theseus.release.ReleaseId;
import io.theseus.release.ReleaseStatus;
import io.theseus.release.Report;
import io.theseus.release.Report.Outcome;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Version;

/** Applications that change outside of any release. */
class ChangeTest {
    @TempDir
    Path folder;

    private World world;

    @BeforeEach
    void open() {
        world = new World(folder);
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void oneApplicationIsChangedInAReleaseOfItsOwn() {
        world.running("1.0.0", "ledger 1.0.0", "pricing 1.0.0");

        Report report = change(up("pricing", "1.1.0"));

        assertThat(report.operation()).isEqualTo("upgrade");
        assertThat(report.to()).isEqualTo(ReleaseId.parse("shop/1.0.0.pricing-1_1_0"));
        assertThat(world.code.active()).containsExactly("ledger 1.0.0", "pricing 1.0.0", "pricing 1.1.0");
        assertThat(world.handler.status().current()).isEqualTo(report.to());
    }

    @Test
    void severalChangeInOneStep() {
        world.running("1.0.0", "ledger 1.0.0", "pricing 2.0.0", "checkout 1.0.0");

        int mark = world.log.mark();
        Report report = change(up("ledger", "2.0.0"), down("pricing", "1.0.0"), add("audit"), new Remove("checkout"));
        world.handler.makePermanent(report.to(), PermanentOptions.DEFAULT, Progress.SILENT);

        assertThat(report.operation()).isEqualTo("change");
        assertThat(report.to()).isEqualTo(ReleaseId.parse("shop/1.0.0.4-changes"));
        assertThat(world.code.active()).containsExactly("audit 1.0.0", "ledger 2.0.0", "pricing 1.0.0");
        assertThat(world.log.since(mark)).containsOnlyOnce("switch");
    }

    @Test
    void whatIsWrongWithAnyOfThemIsToldAndNothingChanges() {
        ReleaseId one = world.running("1.0.0", "ledger 1.0.0", "pricing 1.0.0");
        Map<String, String> before = world.store();

        List<Problem> problems = refused(
                up("ledger", "0.9.0"),
                up("pricing", "2.0.0"),
                new Add(world.bundle("pricing 3.0.0")),
                new Add(world.bundle("audit 1.0.0 with bad")),
                new Remove("checkout"));

        assertThat(problems)
                .extracting(Problem::code)
                .containsExactly("wrong-direction", "existing-application", "bad-appup", "no-such-application");
        assertThat(problems.get(0).toString()).contains("ledger-0.9.0.jar", "use application:downgrade");
        assertThat(problems.get(1).toString()).contains("pricing 1.0.0 is in release shop/1.0.0");
        assertThat(problems.get(3).toString()).contains("ledger, pricing");
        assertThat(world.store()).isEqualTo(before);
        assertThat(world.handler.status().current()).isEqualTo(one);
    }

    @Test
    void anotherApplicationThanTheOneNamed() {
        world.running("1.0.0", "ledger 1.0.0");

        List<Problem> problems = refused(new Replace(Direction.UP, "ledger", world.bundle("pricing 2.0.0")));

        assertThat(problems.get(0).toString()).contains("is pricing, not ledger");
    }

    @Test
    void oneApplicationChangesOnlyOnceInAStep() {
        world.running("1.0.0", "ledger 1.0.0");

        assertThat(refused(up("ledger", "2.0.0"), new Remove("ledger")))
                .singleElement()
                .hasToString("ledger: is changed twice in one step");
        assertThat(refused(new Add(world.bundle("audit 1.0.0")), new Add(world.bundle("audit 2.0.0"))))
                .extracting(Problem::code)
                .containsExactly("duplicate-application");
        assertThat(refused()).extracting(Problem::text).containsExactly("nothing is to be changed");
    }

    @Test
    void anApplicationIsAddedAndRemovedAgain() {
        world.running("1.0.0", "ledger 1.0.0");

        Report added = permanent(add("audit"));
        assertThat(added.operation()).isEqualTo("add-application");
        assertThat(added.to()).isEqualTo(ReleaseId.parse("shop/1.0.0.audit-1_0_0"));
        assertThat(world.code.active()).containsExactly("audit 1.0.0", "ledger 1.0.0");
        Report removed = permanent(new Remove("audit"));

        assertThat(removed.operation()).isEqualTo("remove-application");
        assertThat(removed.to()).isEqualTo(ReleaseId.parse("shop/1.0.0.audit-1_0_0-without-audit"));
        assertThat(world.code.active()).containsExactly("ledger 1.0.0");
        world.restart();
        assertThat(world.code.active()).containsExactly("ledger 1.0.0");
    }

    @Test
    void whatIsAddedIsThereAfterARestartOnlyOnceItIsPermanent() {
        world.running("1.0.0", "ledger 1.0.0");
        Report added = change(add("audit"));
        world.restart();
        assertThat(world.code.active()).containsExactly("ledger 1.0.0");

        world.handler.install(added.to(), InstallOptions.DEFAULT.thenPermanent(), Progress.SILENT);
        world.restart();

        assertThat(world.code.active()).containsExactlyInAnyOrder("ledger 1.0.0", "audit 1.0.0");
    }

    @Test
    void aContainerThatNeverInstalledAReleaseTakesAnApplicationInToo() {
        Report report = permanent(add("audit"));

        assertThat(report.to()).isEqualTo(ReleaseId.parse("container/0.0.0.audit-1_0_0"));
        world.restart();
        assertThat(world.code.active()).containsExactly("audit 1.0.0");
        assertThat(world.handler.find("0.0.0").status()).isEqualTo(ReleaseStatus.OLD);
    }

    @Test
    void nothingComesBesideABundleThatNoReleaseHas() {
        world.running("1.0.0", "ledger 1.0.0");
        world.code.bundles.put(
                5L,
                new Installed(
                        5,
                        "audit",
                        Version.parseVersion("0.9.0"),
                        "file:audit",
                        true,
                        true,
                        80,
                        false,
                        Set.of(),
                        false,
                        false));

        assertThat(refused(add("audit")))
                .singleElement()
                .satisfies(p -> assertThat(p.code()).isEqualTo("unmanaged"))
                .satisfies(p -> assertThat(p.toString())
                        .contains("audit 0.9.0 is installed as bundle 5", "uninstall that one first"));
    }

    @Test
    void nothingChangesThatTheContainerConsistsOf() {
        world.running("1.0.0", "ledger 1.0.0");
        world.code.sticky.put("http", "it is a part of Karaf");
        world.code.sticky.put("audit", "it is a part of Karaf");
        String text = "must not change while the container runs: it is a part of Karaf;"
                + " upgrade it as Karaf itself is upgraded, with the container down";

        assertThat(refused(up("http", "2.0.0"), add("audit")))
                .extracting(Problem::code, Problem::toString)
                .containsExactly(tuple("sticky", "http: " + text), tuple("sticky", "audit: " + text));
    }

    @Test
    void nothingChangesBeforeAllOfTheContainerHasStarted() {
        world.running("1.0.0", "ledger 1.0.0");
        world.code.reached = 79;

        assertThat(refused(new Remove("ledger"))).extracting(Problem::code).containsExactly("busy");
        assertThat(world.code.active()).containsExactly("ledger 1.0.0");
    }

    @Test
    void theNameOfAReleaseDoesNotGrowWithoutEnd() {
        world.running("1.0.0", "ledger 1.0.0");

        for (int i = 2; i < 12; i++) {
            permanent(up("ledger", i + ".0.0"));
        }

        String qualifier = world.handler.status().current().version().getQualifier();
        assertThat(qualifier).hasSizeLessThanOrEqualTo(64).endsWith("ledger-11_0_0");
        assertThat(world.code.active()).containsExactly("ledger 11.0.0");
    }

    private Replace up(String application, String version) {
        return new Replace(Direction.UP, application, world.bundle(application + " " + version));
    }

    private Replace down(String application, String version) {
        return new Replace(Direction.DOWN, application, world.bundle(application + " " + version));
    }

    private Add add(String application) {
        return new Add(world.bundle(application + " 1.0.0"));
    }

    private Report change(ApplicationChange... changes) {
        return world.handler.change(List.of(changes), InstallOptions.DEFAULT, Progress.SILENT);
    }

    private Report permanent(ApplicationChange change) {
        Report report = world.handler.change(List.of(change), InstallOptions.DEFAULT.thenPermanent(), Progress.SILENT);
        assertThat(report.outcome()).as(report.problems().toString()).isEqualTo(Outcome.DONE);
        return report;
    }

    private List<Problem> refused(ApplicationChange... changes) {
        return catchThrowableOfType(
                        RefusedException.class,
                        () -> world.handler.change(Arrays.asList(changes), InstallOptions.DEFAULT, Progress.SILENT))
                .problems();
    }
}
