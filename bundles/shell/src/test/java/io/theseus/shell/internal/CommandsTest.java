// SPDX-License-Identifier: Apache-2.0
package io.theseus.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import io.theseus.api.Direction;
import io.theseus.release.ApplicationChange;
import io.theseus.release.ApplicationChange.Add;
import io.theseus.release.ApplicationChange.Remove;
import io.theseus.release.ApplicationChange.Replace;
import io.theseus.release.DeployFolder;
import io.theseus.release.FeatureRepositories;
import io.theseus.release.InstallOptions;
import io.theseus.release.PermanentOptions;
import io.theseus.release.Problem;
import io.theseus.release.ReleaseHandler.Purge;
import io.theseus.release.Report;
import io.theseus.shell.internal.render.Samples;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandsTest {
    private final FakeReleaseHandler handler = new FakeReleaseHandler();
    private final Console console = new Console(handler);

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        console.close();
    }

    @Test
    void listsReleasesWithTheirStatus() throws Exception {
        assertThat(console.run("release:list")).containsPattern("shop/1.0.0 .* permanent .* 2026-11-20T10:15:30Z");
    }

    @Test
    void installShowsPlanThenProgressThenReportThenWhatIsNext() throws Exception {
        String printed = console.run("release:install shop/2.0.0");

        assertThat(printed)
                .containsSubsequence(
                        "shop/1.0.0 -> shop/2.0.0 (up)",
                        "update ledger.Accounts",
                        "0.412 s  prepare   5 bundles installed beside the old ones",
                        "0.480 s  switch ",
                        "install shop/1.0.0 -> shop/2.0.0: done.",
                        "release:make-permanent shop/2.0.0, or release:rollback")
                .doesNotContain("Steps:");
        assertThat(handler.requests).containsExactly("install shop/2.0.0 " + InstallOptions.DEFAULT);
    }

    @Test
    void progressIsSeenWhileTheInstallRuns() throws Exception {
        AtomicBoolean live = new AtomicBoolean();
        handler.afterProgress = () -> {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(5))
                    .until(() -> console.seen().contains("0.480 s  switch"));
            live.set(true);
        };

        console.run("release:install shop/2.0.0");

        assertThat(live).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "release:install --bake 30s --permanent --drain-timeout 500ms --gate-timeout 2m --restart-limit 5m --force shop/2.0.0",
                "release:install shop/2.0.0 --bake 30s --permanent --drain-timeout=500ms --gate-timeout 2m --restart-limit 5m --force",
                "release:install --bake 30s 2.0.0 --drain-timeout 500ms --gate-timeout 2m --restart-limit 5m --permanent --force"
            })
    void takesOptionsBeforeAndBehindTheRelease(String line) throws Exception {
        console.run(line);

        InstallOptions options = InstallOptions.DEFAULT
                .withBake(Duration.ofSeconds(30))
                .thenPermanent()
                .withDrainTimeout(Duration.ofMillis(500))
                .withGateTimeout(Duration.ofMinutes(2))
                .withRestartLimit(Duration.ofMinutes(5))
                .forced();
        assertThat(handler.requests).containsExactly("install shop/2.0.0 " + options);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "release:install shop/2.0.0",
                "release:rollback",
                "release:make-permanent shop/2.0.0",
                "release:remove shop/1.0.0",
                "release:reboot-old shop/1.0.0",
                "release:eval file:/a.yaml",
                "application:upgrade acme.ledger file:/a.jar",
                "application:install file:/a.jar",
                "application:uninstall acme.ledger",
                "application:adopt acme.ledger",
            })
    void whatChangesSomethingTakesAReason(String line) throws Exception {
        console.run(line);
        assertThat(handler.requests).noneMatch(request -> request.startsWith("because"));
        handler.requests.clear();

        console.run(line + " --reason 'the shop asked for it'");

        assertThat(handler.requests).hasSize(2).startsWith("because the shop asked for it");
    }

    @Test
    void installPrintsOneJsonDocumentAndNoProgress() throws Exception {
        String printed = console.run("release:install shop/2.0.0 --json");

        assertThat(JSON.std.mapFrom(printed))
                .containsEntry("outcome", "done")
                .containsEntry("took_us", 1_240_000)
                .containsEntry("to", "shop/2.0.0");
    }

    @Test
    void anInstallThatRestartsTheContainerSaysWhatToLookAtAfterwards() throws Exception {
        handler.outcome = Report.Outcome.RESTARTING;

        assertThat(console.run("release:install shop/2.0.0"))
                .contains("the container restarts into shop/2.0.0 now.", "release:status", "within 2m")
                .doesNotContain("release:make-permanent");
    }

    @Test
    void anInstallThatWasTakenBackFailsWithTheReportAndItsProblems() {
        handler.outcome = Report.Outcome.UNDONE;

        assertThat(console.fail("release:install shop/2.0.0"))
                .containsSubsequence("Problems:", "ledger.Accounts: the field 'limit' is lost; add allow_loss: [limit]")
                .endsWith("install shop/1.0.0 -> shop/2.0.0: failed and taken back. shop/1.0.0 runs as before.\n")
                .doesNotContain("Next:");
    }

    @Test
    void anInstallThatWasTakenBackFailsWithNothingButJson() throws Exception {
        handler.outcome = Report.Outcome.UNDONE;

        String printed = console.fail("release:install --json shop/2.0.0");

        assertThat(JSON.std.mapFrom(printed)).containsEntry("outcome", "undone");
    }

    @Test
    void aRefusalIsPrintedWithoutStackTrace() {
        handler.refusal = Optional.of(Samples.PROBLEM);

        assertThat(console.fail("release:check shop/2.0.0")).isEqualTo("""
                        Refused, nothing has changed:
                          ledger.Accounts: the field 'limit' is lost; add allow_loss: [limit]
                        """);
    }

    @Test
    void aRefusalIsOneJsonDocument() throws Exception {
        String printed = console.fail("release:install 9.9.9 --json");

        assertThat(JSON.std.mapFrom(printed)).containsEntry("outcome", "refused");
        assertThat(printed).contains("no-such-release");
    }

    @Test
    void aVersionThatLooksLikeANumberStaysAsItWasTyped() {
        assertThat(console.fail("release:plan 2.10")).contains("2.10: there is no such release");
    }

    @Test
    void aPlanWithProblemsIsShownAndFails() {
        handler.planProblems = List.of(Samples.PROBLEM);

        assertThat(console.fail("release:plan shop/2.0.0"))
                .containsSubsequence(
                        "it holds state",
                        "Script:",
                        "the field 'limit' is lost",
                        "shop/2.0.0 can not be installed: 1 problem\n");
    }

    @Test
    void aPlanWithoutProblemsSucceeds() throws Exception {
        assertThat(JSON.std.mapFrom(console.run("release:plan shop/2.0.0 --json")))
                .containsEntry("direction", "up");
    }

    @Test
    void printsAScriptAsItCouldBeWrittenWithWhatEachLineCameFrom() throws Exception {
        assertThat(console.run("release:script shop/2.0.0")).isEqualTo("""
                        # shop/1.0.0 -> shop/2.0.0 (up)
                        # acme.ledger is suspended; acme.checkout waits with it
                        - load_object_code acme.ledger 2.0.0  # appup.yaml:4
                        - point_of_no_return  # generated
                        """);
    }

    @Test
    void printsTheScriptBetweenAnyTwoReleases() throws Exception {
        String printed = console.run("release:script 1.5.0 --from 0.9.0 --json");

        assertThat(JSON.std.mapFrom(printed))
                .containsEntry("from", "shop/0.9.0")
                .containsEntry("to", "shop/1.5.0")
                .containsEntry(
                        "script",
                        List.of(
                                Map.of("instruction", "load_object_code acme.ledger 2.0.0", "from", "appup.yaml:4"),
                                Map.of("instruction", "point_of_no_return", "from", "generated")));
        assertThat(console.fail("release:script 1.5.0 --from 9.9.9")).contains("9.9.9: there is no such release");
    }

    @Test
    void printsNoScriptWhereThereIsNoPlan() {
        handler.planProblems = List.of(Samples.PROBLEM);

        assertThat(console.fail("release:script shop/2.0.0"))
                .contains("the field 'limit' is lost")
                .doesNotContain("point_of_no_return");
    }

    @Test
    void evaluatesAScript() throws Exception {
        Path file = Files.createFile(folder.resolve("script.yaml"));

        assertThat(console.run("release:eval " + file)).doesNotContain("Next:");
        assertThat(console.run("release:eval " + file + " --to 2.0.0 --permanent --json"))
                .contains("\"operation\"");

        assertThat(handler.requests)
                .containsExactly(
                        "eval " + file.toUri() + " Optional.empty " + InstallOptions.DEFAULT,
                        "eval " + file.toUri() + " Optional[shop/2.0.0] " + InstallOptions.DEFAULT.thenPermanent());
    }

    @Test
    void aScriptThatLoadsNoCodeCanNotBake() throws Exception {
        Path file = Files.createFile(folder.resolve("script.yaml"));

        assertThat(console.fail("release:eval --bake 30s " + file)).contains("name the release");
        assertThat(handler.requests).isEmpty();
    }

    @Test
    void unpacksAFileByItsPath() throws Exception {
        Path file = Files.createFile(folder.resolve("shop.xml"));

        assertThat(console.run("release:unpack " + file)).isEqualTo("""
                        Unpacked shop/2.0.0: 2 bundles, 1 application among them.
                        Next: release:plan shop/2.0.0
                        """);
        assertThat(handler.requests).containsExactly("unpack " + file.toUri());
    }

    @Test
    void unpacksAMavenUrlAndAnswersJson() throws Exception {
        String printed = console.run("release:unpack --json mvn:acme/shop/2.0.0/xml/features");

        assertThat(JSON.std.mapFrom(printed))
                .containsEntry("release", "shop/2.0.0")
                .containsEntry("status", "unpacked");
        assertThat(handler.requests).containsExactly("unpack mvn:acme/shop/2.0.0/xml/features");
    }

    @Test
    void unpacksSomeFeaturesOfARepository() throws Exception {
        console.run("release:unpack mvn:acme/shop/2.0.0/xml/features shop extras/2.0.0");

        assertThat(handler.requests).containsExactly("unpack mvn:acme/shop/2.0.0/xml/features shop extras/2.0.0");
    }

    @Test
    void upgradesFeaturesOfARepositoryThatKarafKnowsByName() throws Exception {
        FeatureRepositories known = () -> Map.of("acme", "mvn:acme/shop/2.0.0/xml/features");
        console.register(known);

        assertThat(console.run("release:upgrade-features acme shop --permanent"))
                .contains("Unpacked shop/2.0.0.")
                .contains("done");

        assertThat(handler.requests).hasSize(2).first().isEqualTo("unpack mvn:acme/shop/2.0.0/xml/features shop");
        assertThat(handler.requests.get(1)).startsWith("install shop/2.0.0");
    }

    @Test
    void featuresOfAReleaseThatIsKnownWithOtherContentAreNotInstalled() {
        handler.existing = Optional.of(Problem.of("existing-release", "shop/2.0.0", "is known"));

        assertThat(console.fail("release:upgrade-features mvn:acme/shop/2.0.0/xml/features"))
                .contains("shop/2.0.0", "is known");
        assertThat(handler.requests).isEmpty();
    }

    @Test
    void aReleaseThatRunsAlreadyIsNotOfferedForAPlan() throws Exception {
        handler.unpacked = handler.find("shop/1.0.0");

        assertThat(console.run("release:unpack mvn:acme/shop/1.0.0/xml/features"))
                .isEqualTo("shop/1.0.0 is known with the same content, and permanent.\n");
    }

    @Test
    void aRepositoryThatNobodyKnowsIsRefusedWithThoseThatKarafKnows() {
        FeatureRepositories known = () -> Map.of("acme", "mvn:acme/shop/2.0.0/xml/features");
        console.register(known);

        assertThat(console.fail("release:upgrade-features acne"))
                .contains("Karaf knows no feature repository of this name")
                .contains("it knows acme");
    }

    @Test
    void statusShowsDroppedFilesThatWait() throws Exception {
        assertThat(console.run("release:status")).doesNotContain("Dropped files");
        DeployFolder dropped = () -> Samples.UNSETTLED;

        console.register(dropped);

        assertThat(console.run("release:status")).contains("/deploy/shop-3.0.0.yaml refused");
    }

    @Test
    void statusShowsFiveFramesOfAStackUnlessVerbose() throws Exception {
        assertThat(console.run("release:status")).contains("at e", "2 more").doesNotContain("at f");
        assertThat(console.run("release:status --verbose")).contains("at g");
        assertThat(JSON.std.mapFrom(console.run("release:status --json"))).containsEntry("baked_ms", 12_300);
    }

    @Test
    void makesTheCurrentReleasePermanentWhenNoneIsNamed() throws Exception {
        console.run("release:make-permanent");
        console.run("release:make-permanent shop/1.5.0 --purge brutal --refresh");

        assertThat(handler.requests)
                .containsExactly(
                        "make-permanent shop/2.0.0 " + PermanentOptions.DEFAULT,
                        "make-permanent shop/1.5.0 " + new PermanentOptions(Purge.BRUTAL, true));
    }

    @Test
    void collectSaysWhatIsLeftAndFailsForIt() throws Exception {
        assertThat(console.run("release:collect")).containsPattern("class loaders left over +0\n");

        handler.leaked = 1;

        assertThat(console.fail("release:collect"))
                .contains("acme.ledger 1.0.0", "still refers to its classes")
                .contains("class loaders of old code left over: 1, named above");
        assertThat(console.fail("release:collect --json"))
                .contains("\"leaked_loaders\" : 1")
                .doesNotContain("named above");
        assertThat(handler.requests).containsExactly("collect", "collect", "collect");
    }

    @Test
    void refreshesOnlyWhatIsPermanent() throws Exception {
        assertThat(console.fail("release:install shop/2.0.0 --refresh"))
                .contains("--refresh: nothing goes before the release is permanent; add --permanent");
        assertThat(handler.requests).isEmpty();

        console.run("release:install shop/2.0.0 --permanent --refresh");

        assertThat(handler.requests)
                .containsExactly("install shop/2.0.0 "
                        + InstallOptions.DEFAULT.thenPermanent().refreshing());
    }

    @Test
    void refusesAnUnknownPurge() {
        assertThat(console.fail("release:make-permanent --purge hard"))
                .contains("--purge: there is no purge 'hard'; write soft or brutal");
        assertThat(handler.requests).isEmpty();
    }

    @Test
    void rollsBack() throws Exception {
        assertThat(console.run("release:rollback")).startsWith("Going back from shop/2.0.0 to shop/1.0.0.\n");
        console.run("release:rollback --lose-state");

        assertThat(handler.requests).containsExactly("rollback false", "rollback true");
    }

    @Test
    void removes() throws Exception {
        assertThat(console.run("release:remove shop/0.9.0")).isEqualTo("Removed shop/0.9.0.\n");
        assertThat(JSON.std.mapFrom(console.run("release:remove shop/0.9.0 --json")))
                .containsEntry("status", "removed");
        assertThat(handler.requests).containsExactly("remove shop/0.9.0", "remove shop/0.9.0");
    }

    @Test
    void historyShowsAllOrTheLastOrOneWhole() throws Exception {
        assertThat(console.run("release:history")).contains("undone", "done");
        assertThat(console.run("release:history --last 1")).doesNotContain("undone");
        assertThat(console.run("release:history 1")).contains("Steps:", "Problems:");
        assertThat(console.fail("release:history 12")).contains("there is no report 12");
        assertThat(console.fail("release:history --last x")).contains("--last: 'x' is no number");
        assertThat(JSON.std.listFrom(console.run("release:history --last 1 --json")))
                .hasSize(1);
        assertThat(JSON.std.mapFrom(console.run("release:history 2 --json"))).containsEntry("number", 2);
    }

    @Test
    void listsApplications() throws Exception {
        assertThat(console.run("application:list")).containsPattern("acme.mail .* no .* it has an activator");
        assertThat(JSON.std.listFrom(console.run("application:list --json"))).hasSize(3);
    }

    @Test
    void listsWhatBelongsToNoRelease() throws Exception {
        assertThat(console.run("application:list"))
                .containsPattern("acme.audit .* unmanaged .* application:adopt")
                .doesNotContain("acme.shell");
        assertThat(console.run("application:list --all")).contains("acme.audit", "acme.shell");
        assertThat(JSON.std.listFrom(console.run("application:list --all --json")))
                .last()
                .hasToString("{application=acme.shell, version=4.0.0, managed=false, bundle=7}");
    }

    @Test
    void adoptsApplicationsInOneStep() throws Exception {
        String text = console.run("application:adopt acme.audit acme.mail --gate-timeout 1s");

        assertThat(text).startsWith("Adopting acme.audit, acme.mail.").doesNotContain("make-permanent");
        assertThat(handler.requests)
                .singleElement()
                .asString()
                .contains(
                        "Adopt[application=acme.audit]",
                        "Adopt[application=acme.mail]",
                        "gateTimeout=PT1S",
                        "makePermanent=true");
        assertThat(JSON.std.mapFrom(console.run("application:adopt --json acme.audit")))
                .containsKey("outcome");
    }

    @Test
    void changesOneApplication() throws Exception {
        console.run("application:upgrade acme.ledger mvn:acme/ledger/2.0.0 --permanent");
        console.run("application:downgrade acme.ledger mvn:acme/ledger/0.9.0");

        assertThat(handler.requests)
                .containsExactly(
                        change(new Replace(Direction.UP, "acme.ledger", URI.create("mvn:acme/ledger/2.0.0")))
                                + InstallOptions.DEFAULT.thenPermanent(),
                        change(new Replace(Direction.DOWN, "acme.ledger", URI.create("mvn:acme/ledger/0.9.0")))
                                + InstallOptions.DEFAULT);
    }

    @Test
    void takesAnApplicationInAndOut() throws Exception {
        console.run("application:install mvn:acme/audit/1.0.0 --permanent");
        String text = console.run("application:uninstall acme.audit --drain-timeout 1s");

        assertThat(text).contains("Uninstalling acme.audit.", "Next: release:make-permanent");
        assertThat(handler.requests)
                .containsExactly(
                        change(new Add(URI.create("mvn:acme/audit/1.0.0"))) + InstallOptions.DEFAULT.thenPermanent(),
                        change(new Remove("acme.audit"))
                                + InstallOptions.DEFAULT.withDrainTimeout(Duration.ofSeconds(1)));
        assertThat(JSON.std.mapFrom(console.run("application:uninstall --json acme.audit")))
                .containsEntry("operation", "change");
    }

    private static String change(ApplicationChange change) {
        return "change " + List.of(change) + " ";
    }

    @Test
    void outputCanBePiped() throws Exception {
        assertThat(console.run("x = $(release:list --json)")).isEmpty();

        assertThat(console.variable("x")).contains("shop/2.0.0");
    }
}
