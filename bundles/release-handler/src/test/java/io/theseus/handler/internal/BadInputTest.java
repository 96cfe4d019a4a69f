// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.theseus.release.InstallOptions;
import io.theseus.release.PermanentOptions;
import io.theseus.release.Problem;
import io.theseus.release.Progress;
import io.theseus.release.RefusedException;
import io.theseus.release.ReleaseHandler.Purge;
import io.theseus.release.ReleaseId;
import io.theseus.release.Report.Outcome;
import io.theseus.release.Status.BusyCall;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BadInputTest {
    @TempDir
    Path folder;

    private World world;
    private ReleaseId one;

    @BeforeEach
    void open() {
        world = new World(folder);
        one = world.running("1.0.0", "ledger 1.0.0", "pricing 1.0.0");
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void anUnknownRelease() {
        assertThat(refusal(() ->
                        world.handler.install(ReleaseId.parse("shop/9.0.0"), InstallOptions.DEFAULT, Progress.SILENT)))
                .isEqualTo(
                        "no-such-release: release shop/9.0.0 is not known here; known are shop/1.0.0, container/0.0.0; "
                                + "release:unpack brings others");
        assertThat(refusal(() -> world.handler.find("9"))).startsWith("no-such-release");
        assertThat(refusal(() -> world.handler.plan(ReleaseId.parse("shop/9.0.0"))))
                .startsWith("no-such-release");
    }

    @Test
    void aMissingBundle() {
        assertThat(unpacking("release shop 2.0.0\nbundle "
                        + folder.resolve("gone.jar").toUri()))
                .startsWith("missing-bundle")
                .contains("shop-2:2:1")
                .contains("there is no such file");
    }

    @Test
    void aMissingReleaseFile() {
        assertThat(refusal(() -> world.handler.unpack(folder.resolve("gone.xml").toUri())))
                .startsWith("bad-release-file")
                .contains("gone.xml can not be read: there is no such file");
    }

    @Test
    void aWrongDigest() {
        assertThat(unpacking("release shop 2.0.0\nbundle " + world.bundle("ledger 2.0.0") + " 00ff"))
                .startsWith("wrong-digest")
                .contains("the release says 00ff")
                .contains("fetch or build the bundle again")
                .contains("shop-2:2:1");
    }

    @Test
    void aDuplicateApplication() {
        assertThat(unpacking("release shop 2.0.0\nbundle " + world.bundle("ledger 2.0.0") + "\nbundle "
                        + world.bundle("ledger 2.1.0")))
                .startsWith("duplicate-application")
                .contains("ledger is in it twice; remove one of the two")
                .contains("shop-2:3:1");
    }

    @Test
    void anAppupOfAnotherVersion() {
        assertThat(unpacking("release shop 2.0.0\nbundle " + world.bundle("ledger 2.0.0 appup 1.0.0")))
                .startsWith("appup-version")
                .contains("the appup is for version 1.0.0, the bundle has 2.0.0");
    }

    @Test
    void anAppupThatIsWrong() {
        assertThat(unpacking("release shop 2.0.0\nbundle " + world.bundle("ledger 2.0.0 appup bad")))
                .startsWith("bad-appup");
    }

    @Test
    void everythingThatIsWrongIsSaidAtOnce() {
        RefusedException refused = catchThrowableOfType(
                RefusedException.class,
                () -> world.handler.unpack(world.file(
                        "shop-2",
                        "release shop 2.0.0\nbundle " + world.bundle("a 1.0.0 appup bad") + "\nbundle "
                                + world.bundle("b 1.0.0") + " 00ff\nbundle "
                                + folder.resolve("gone.jar").toUri() + "\nfile etc/gone.xml "
                                + folder.resolve("gone.xml").toUri())));

        assertThat(refused.problems())
                .extracting(Problem::code)
                .containsExactly("bad-appup", "wrong-digest", "missing-bundle", "missing-file");
        assertThat(refused.problems().get(3).toString()).contains("shop-2:5:1", "gone.xml can not be read");
    }

    @Test
    void aReleaseThatIsKnown() {
        assertThat(unpacking("release shop 1.0.0\n"))
                .startsWith("existing-release")
                .contains("shop/1.0.0: is known and permanent")
                .contains("give this one another version");
    }

    @Test
    void theReleaseThatRuns() {
        assertThat(refusal(() -> world.handler.install(one, InstallOptions.DEFAULT, Progress.SILENT)))
                .startsWith("already-installed");
    }

    @Test
    void aPlanWithProblems() {
        ReleaseId two = world.unpack("2.0.0", "ledger 2.0.0");
        world.deciding.problems = List.of(Problem.of("no-such-component", "ledger", "has no component x"));

        assertThat(refusal(() -> world.handler.install(two, InstallOptions.DEFAULT, Progress.SILENT)))
                .isEqualTo("no-such-component: ledger: has no component x");
    }

    @Test
    void makePermanentOfAnUnpackedRelease() {
        ReleaseId two = world.unpack("2.0.0", "ledger 2.0.0");

        assertThat(refusal(() -> world.handler.makePermanent(two, PermanentOptions.DEFAULT, Progress.SILENT)))
                .isEqualTo("bad-status: release shop/2.0.0 is unpacked and can not be made permanent; "
                        + "only a release that is current can");
    }

    @Test
    void removeOfThePermanentRelease() {
        assertThat(refusal(() -> world.handler.remove(one)))
                .isEqualTo("bad-status: release shop/1.0.0 is permanent and can not be removed; "
                        + "only a release that is unpacked or old can");
    }

    @Test
    void rollbackWithNothingToRollBack() {
        assertThat(refusal(() -> world.handler.rollback(false, Progress.SILENT)))
                .startsWith("not-current");
    }

    @Test
    void anInstallWhileAnotherReleaseBakes() {
        ReleaseId two = world.unpack("2.0.0", "ledger 2.0.0");
        ReleaseId three = world.unpack("3.0.0", "ledger 3.0.0");
        world.handler.install(two, InstallOptions.DEFAULT, Progress.SILENT);

        assertThat(refusal(() -> world.handler.install(three, InstallOptions.DEFAULT, Progress.SILENT)))
                .startsWith("baking: release shop/2.0.0 is not permanent yet");
    }

    @Test
    void aRollbackThatWouldLoseState() {
        world.deciding.stateful.put("ledger", "ledger.Accounts");
        world.deciding.wayBack = false;
        ReleaseId two = world.unpack("2.0.0", "ledger 2.0.0");
        world.handler.install(two, InstallOptions.DEFAULT, Progress.SILENT);

        assertThat(refusal(() -> world.handler.rollback(false, Progress.SILENT)))
                .startsWith("would-lose-state: ledger.Accounts of ledger");
        assertThat(world.handler.rollback(true, Progress.SILENT).outcome()).isEqualTo(Outcome.DONE);
        assertThat(world.accounts("ledger 1.0.0").running).isTrue();
    }

    @Test
    void aSoftPurgeOfCodeInUse() {
        ReleaseId two = world.unpack("2.0.0", "ledger 2.0.0");
        world.handler.install(two, InstallOptions.DEFAULT, Progress.SILENT);
        world.switchboard.busy = List.of(new BusyCall("http-3", "ledger", List.of()));
        world.switchboard.interrupted = 3;

        assertThat(refusal(() -> world.handler.makePermanent(two, PermanentOptions.DEFAULT, Progress.SILENT)))
                .startsWith("old-code-in-use")
                .contains("http-3");
        assertThat(world.handler
                        .makePermanent(two, PermanentOptions.DEFAULT.purging(Purge.BRUTAL), Progress.SILENT)
                        .figures())
                .containsEntry("interrupted_calls", 3L);
    }

    @Test
    void aBrutalPurgeOfWhatWantsASoftOne() {
        world.deciding.soft.add("ledger");
        ReleaseId two = world.unpack("2.0.0", "ledger 2.0.0");
        world.handler.install(two, InstallOptions.DEFAULT, Progress.SILENT);
        world.switchboard.busy = List.of(new BusyCall("http-3", "ledger", List.of()));

        assertThat(refusal(() -> world.handler.makePermanent(
                        two, PermanentOptions.DEFAULT.purging(Purge.BRUTAL), Progress.SILENT)))
                .startsWith("old-code-in-use")
                .contains("post_purge: soft");
    }

    @Test
    void anInstallWhileOneIsRunning() throws Exception {
        ReleaseId two = world.unpack("2.0.0", "ledger 2.0.0");
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            Future<?> install =
                    other.submit(() -> world.handler.install(two, InstallOptions.DEFAULT, (phase, text, elapsed) -> {
                        begun.countDown();
                        try {
                            go.await(10, TimeUnit.SECONDS);
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                    }));
            assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();

            assertThat(refusal(() -> world.handler.install(two, InstallOptions.DEFAULT, Progress.SILENT)))
                    .startsWith("busy: release handling is busy: install shop/2.0.0");
            assertThat(world.handler.status().activity()).isEqualTo("install shop/2.0.0");
            assertThat(world.handler.history()).noneMatch(r -> r.outcome() == Outcome.INTERRUPTED);
            go.countDown();
            install.get(10, TimeUnit.SECONDS);
        } finally {
            other.shutdownNow();
        }
        assertThat(world.handler.activity()).isEmpty();
    }

    @Test
    void noRoomOnDisk() {
        ReleaseId two = world.unpack("2.0.0", "ledger 2.0.0");
        world.disk.usable = 1_000_000;
        Map<String, String> store = world.store();
        int mark = world.log.mark();

        assertThat(refusal(() -> world.handler.install(two, InstallOptions.DEFAULT, Progress.SILENT)))
                .startsWith("no-room")
                .contains("the disk has 1 MB left, 21 MB are needed");
        assertThat(unpacking("release shop 3.0.0\nbundle " + world.bundle("ledger 3.0.0")))
                .startsWith("no-room");
        assertThat(world.store()).isEqualTo(store);
        assertThat(world.log.since(mark)).isEmpty();
    }

    @Test
    void aJournalThatCanNotBeWritten() {
        ReleaseId two = world.unpack("2.0.0", "ledger 2.0.0");
        world.disk.full = true;
        int mark = world.log.mark();

        assertThat(refusal(() -> world.handler.install(two, InstallOptions.DEFAULT, Progress.SILENT)))
                .startsWith("journal")
                .contains("No space left on device");
        assertThat(world.log.since(mark)).isEmpty();
    }

    @Test
    void aDiskThatGetsFullInTheMiddleUndoesTheInstall() {
        ReleaseId two = world.unpack("2.0.0", "ledger 2.0.0");

        Progress filling = (phase, text, elapsed) -> world.disk.full |= phase.equals("switch");
        var report = world.handler.install(two, InstallOptions.DEFAULT, filling);

        assertThat(report.outcome()).isEqualTo(Outcome.UNDONE);
        assertThat(world.code.active()).containsExactly("ledger 1.0.0", "pricing 1.0.0");
        assertThat(world.switchboard.switched).isFalse();
        world.disk.full = false;
        assertThat(world.handler
                        .install(two, InstallOptions.DEFAULT, Progress.SILENT)
                        .outcome())
                .isEqualTo(Outcome.DONE);
    }

    @Test
    void aStoreOfALaterFormatIsLeftAlone() throws Exception {
        Path releases = folder.resolve("releases/RELEASES");
        String later = Files.readString(releases).replace("\"format\" : 1", "\"format\" : 2");
        Files.writeString(releases, later);

        world.restart();

        assertThat(refusal(() -> world.handler.releases()))
                .startsWith("store")
                .contains("format 2 is of another version of Theseus");
        assertThat(Files.readString(releases)).isEqualTo(later);
        assertThat(world.code.active()).containsExactly("ledger 1.0.0", "pricing 1.0.0");
    }

    @Test
    void aCorruptStoreRefusesUntilItIsRepaired() throws Exception {
        Path releases = folder.resolve("releases/RELEASES");
        String good = Files.readString(releases);
        Files.writeString(releases, good.substring(0, 30));
        world.restart();
        assertThat(refusal(() -> world.handler.status()))
                .startsWith("store")
                .contains("RELEASES: can not be used: line ")
                .doesNotContain("\n");

        Files.writeString(releases, good);

        assertThat(world.handler.status().current()).isEqualTo(one);
    }

    private String unpacking(String text) {
        java.net.URI source = world.file("shop-2", text);
        return refusal(() -> world.handler.unpack(source));
    }

    /** The first refusal of a request that must leave the store, the bundles and the releases as they were. */
    private String refusal(ThrowingCallable request) {
        Map<String, String> store = world.store();
        List<String> active = world.code.active();
        RefusedException refused = catchThrowableOfType(RefusedException.class, request);
        assertThat(refused).isNotNull();
        assertThat(world.store()).isEqualTo(store);
        assertThat(world.code.active()).isEqualTo(active);
        Problem first = refused.problems().get(0);
        return first.code() + ": " + first;
    }
}
