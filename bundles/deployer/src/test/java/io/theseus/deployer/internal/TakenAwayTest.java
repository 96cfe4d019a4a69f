// SPDX-License-Identifier: Apache-2.0
package io.theseus.deployer.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.theseus.release.BundleSpec;
import io.theseus.release.Release;
import io.theseus.release.ReleaseId;
import io.theseus.release.ReleaseStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that go. */
class TakenAwayTest {
    private static final String APPUP = "OSGI-INF/appup.yaml";
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @TempDir
    Path home;

    private final FakeHandler handler = new FakeHandler(FakeHandler.application("ledger", "1.0.0", "abc"));
    private Dropped dropped;
    private Path audit;

    @BeforeEach
    void addAnApplication() throws IOException {
        dropped = new Dropped(home, handler);
        audit = dropped.put("audit.jar", Dropped.jar("audit", "1.0.0", APPUP));
        dropped.settle();
        handler.requests.clear();
    }

    @AfterEach
    void close() {
        dropped.close();
    }

    @Test
    void anApplicationThatAFileAddedGoesWithIt() throws IOException {
        Files.delete(audit);
        dropped.settle();
        awaitGone();

        assertThat(handler.requests).containsExactly("REMOVE audit");
        assertThat(handler.runs("ledger")).isEqualTo("1.0.0");
        await().atMost(LIMIT).until(() -> dropped.installer.unsettled().isEmpty());
    }

    @Test
    void itComesBackWithTheFile() throws IOException {
        byte[] content = Files.readAllBytes(audit);
        var stamp = Files.getLastModifiedTime(audit);
        Files.delete(audit);
        dropped.settle();
        awaitGone();
        await().atMost(LIMIT).until(() -> dropped.installer.unsettled().isEmpty());

        Files.write(audit, content);
        Files.setLastModifiedTime(audit, stamp);
        dropped.settle();

        assertThat(handler.requests).containsExactly("REMOVE audit", "ADD audit 1.0.0");
    }

    @Test
    void whatIsTakenAwayWhileTheContainerIsDownGoesAtTheNextStart() throws IOException {
        dropped.stop();
        Files.delete(audit);

        dropped.start();
        awaitGone();

        assertThat(handler.requests).containsExactly("REMOVE audit");
    }

    @Test
    void severalGoInOneStep() throws IOException {
        Path mail = dropped.put("mail.jar", Dropped.jar("mail", "1.0.0", APPUP));
        dropped.settle();
        dropped.stop();
        Files.delete(audit);
        Files.delete(mail);

        dropped.start();
        awaitGone();

        assertThat(handler.requests).containsExactly("ADD mail 1.0.0", "REMOVE audit, REMOVE mail");
    }

    @Test
    void aFileThatIsRenamedOrReplacedTakesNothingAlong() throws IOException {
        Path renamed = Files.move(audit, dropped.folder.resolve("renamed.jar"));
        dropped.settle();
        Path two = dropped.put("two.jar", Dropped.jar("audit", "2.0.0", APPUP));
        Files.delete(renamed);
        dropped.settle();
        assertThat(handler.requests).containsExactly("UP audit 2.0.0");

        Files.delete(two);
        dropped.settle();
        awaitGone();

        assertThat(handler.requests).containsExactly("UP audit 2.0.0", "REMOVE audit");
    }

    @Test
    void oneReplacedWhileTheContainerIsDownIsAnUpgrade() throws IOException {
        dropped.stop();
        Files.delete(audit);
        dropped.put("two.jar", Dropped.jar("audit", "2.0.0", APPUP));

        dropped.start();
        dropped.settle();

        assertThat(handler.requests).containsExactly("UP audit 2.0.0");
        await().atMost(LIMIT).until(() -> dropped.installer.unsettled().isEmpty());
        assertThat(Files.readString(home.resolve("releases/DEPLOYED"))).doesNotContain("audit.jar");
    }

    @Test
    void whatAReleaseOrACommandHasBroughtStays() throws IOException {
        Path ledger = dropped.put("ledger.jar", Dropped.jar("ledger", "2.0.0"));
        dropped.settle();
        Release running = Known.of(handler).running().orElseThrow();
        handler.put(
                new Release(
                        ReleaseId.parse("shop/9.0.0"),
                        running.bundles().stream()
                                .map(b -> b.symbolicName().equals("audit")
                                        ? FakeHandler.application("audit", "1.0.0", "abc")
                                        : b)
                                .toList()),
                ReleaseStatus.UNPACKED);
        handler.permanent(ReleaseId.parse("shop/9.0.0"));

        Files.delete(ledger);
        Files.delete(audit);
        dropped.settle();
        await().atMost(LIMIT).until(() -> dropped.installer.unsettled().isEmpty());

        assertThat(handler.requests).containsExactly("UP ledger 2.0.0");
        assertThat(handler.runs("audit")).isEqualTo("1.0.0");
    }

    @Test
    void nothingGoesIfThePolicySaysSo() throws IOException {
        dropped.policy.put("removal", "nothing");
        dropped.start();
        Files.delete(audit);

        dropped.settle();

        assertThat(handler.requests).isEmpty();
        assertThat(handler.runs("audit")).isEqualTo("1.0.0");
        assertThat(dropped.installer.unsettled()).isEmpty();
    }

    @Test
    void oneThatCanNotGoStaysWithTheReasonUntilItIsAskedForAgain() throws IOException {
        handler.keeps = "audit";
        Files.delete(audit);
        dropped.settle();
        await().atMost(LIMIT).until(() -> Files.exists(dropped.refusal("audit.jar")));
        assertThat(dropped.refusal("audit.jar"))
                .content()
                .contains("audit.jar was taken away, and audit can not go", "audit is needed", "remove this file");
        dropped.start();
        dropped.settle();
        assertThat(handler.requests).containsExactly("REMOVE audit");
        assertThat(dropped.installer.unsettled())
                .singleElement()
                .satisfies(f -> assertThat(f.refused()).isTrue());

        handler.keeps = "";
        Files.delete(dropped.refusal("audit.jar"));
        dropped.settle();
        awaitGone();

        assertThat(dropped.refusal("audit.jar")).doesNotExist();
        await().atMost(LIMIT).until(() -> dropped.installer.unsettled().isEmpty());
    }

    @Test
    void oneThatCanNotGoIsHeldAgainByTheFileThatComesBack() throws IOException {
        byte[] content = Files.readAllBytes(audit);
        handler.keeps = "audit";
        Files.delete(audit);
        dropped.settle();
        await().atMost(LIMIT).until(() -> Files.exists(dropped.refusal("audit.jar")));

        handler.keeps = "";
        Files.write(audit, content);
        dropped.settle();
        assertThat(dropped.refusal("audit.jar")).doesNotExist();
        assertThat(handler.runs("audit")).isEqualTo("1.0.0");
        Files.delete(audit);
        dropped.settle();

        awaitGone();
    }

    @Test
    void aKillWhileItGoesLeadsToNoLoop() throws IOException {
        handler.during = () -> {
            throw new CancellationException("killed");
        };
        Files.delete(audit);
        dropped.watcher.look();
        await().atMost(LIMIT).until(() -> handler.requests.contains("REMOVE audit"));
        dropped.stop();
        handler.during = () -> {};
        handler.requests.clear();

        dropped.start();
        dropped.settle();

        await().atMost(LIMIT).until(() -> Files.exists(dropped.refusal("audit.jar")));
        assertThat(handler.requests).isEmpty();
        assertThat(dropped.refusal("audit.jar")).content().contains("the container ended while it was taken out");
    }

    @Test
    void nothingGoesWhileTheFolderIsNotThere() throws IOException {
        dropped.stop();
        Path elsewhere = Files.move(dropped.folder, home.resolve("elsewhere"));

        dropped.installer = dropped.make();

        await().atMost(LIMIT)
                .until(() -> dropped.installer.unsettled().stream()
                        .anyMatch(f -> f.text().contains("stays while the folder is not there")));
        assertThat(handler.requests).isEmpty();
        Files.move(elsewhere, dropped.folder);
        dropped.start();
        dropped.settle();
        assertThat(handler.requests).isEmpty();
        assertThat(handler.runs("audit")).isEqualTo("1.0.0");
    }

    @Test
    void itGoesOnlyWhenWhatBakesIsPermanent() throws IOException {
        handler.put(
                new Release(
                        ReleaseId.parse("shop/2.0.0"),
                        Known.of(handler).running().orElseThrow().bundles()),
                ReleaseStatus.CURRENT);
        Files.delete(audit);
        dropped.watcher.look();
        await().atMost(LIMIT)
                .until(() -> dropped.installer.unsettled().stream()
                        .anyMatch(f -> f.text().contains("goes when release shop/2.0.0 is permanent")));
        assertThat(handler.requests).isEmpty();

        handler.permanent(ReleaseId.parse("shop/2.0.0"));

        awaitGone();
    }

    @Test
    void aLastCallInItIsWaitedFor() throws IOException {
        handler.inUse = true;
        Files.delete(audit);
        dropped.watcher.look();
        awaitGone();
        assertThat(handler.with(ReleaseStatus.CURRENT)).isNotEqualTo(handler.with(ReleaseStatus.PERMANENT));

        handler.inUse = false;

        await().atMost(LIMIT).until(() -> dropped.installer.unsettled().isEmpty());
        assertThat(handler.requests).hasSize(2).last().asString().startsWith("make-permanent");
    }

    @Test
    void aFileThatBecomesSomethingElseHoldsItNoMore() throws IOException {
        dropped.put("audit.jar", Dropped.jar("plain", "1.0.0"));

        dropped.settle();

        awaitGone();
        assertThat(handler.requests).containsExactly("REMOVE audit");
        assertThat(dropped.watcher.others).containsExactly("audit.jar");
    }

    @Test
    void aContainerThatIsStoppedWhileItStillStartsTriesAgain() throws IOException {
        dropped.stop();
        Files.delete(audit);
        handler.busy = Integer.MAX_VALUE;
        dropped.installer = dropped.make();
        await().atMost(LIMIT)
                .until(() -> Files.readString(home.resolve("releases/DEPLOYED")).contains("BEGUN"));
        dropped.stop();
        handler.busy = 0;

        dropped.start();

        awaitGone();
    }

    @Test
    void aRefusedFileHoldsNothing() throws IOException {
        dropped.put("audit.jar", Dropped.jar("audit", "2.0.0", APPUP, "wrong"));
        dropped.settle();
        assertThat(dropped.refusal("audit.jar")).exists();

        Files.delete(audit);
        dropped.settle();

        assertThat(handler.runs("audit")).isEqualTo("1.0.0");
        assertThat(dropped.refusal("audit.jar")).doesNotExist();
        assertThat(dropped.installer.unsettled()).isEmpty();
    }

    private void awaitGone() {
        await().atMost(LIMIT)
                .until(() -> Known.of(handler).running().orElseThrow().bundles().stream()
                        .map(BundleSpec::symbolicName)
                        .toList()
                        .equals(List.of("ledger")));
    }
}
