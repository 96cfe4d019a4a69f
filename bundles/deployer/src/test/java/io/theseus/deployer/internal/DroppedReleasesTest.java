// SPDX-License-Identifier: Apache-2.0
package io.theseus.deployer.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.theseus.release.DeployFolder.Unsettled;
import io.theseus.release.Release;
import io.theseus.release.ReleaseId;
import io.theseus.release.ReleaseStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DroppedReleasesTest {
    private static final String FEATURES =
            "<features name='%s' xmlns='http://karaf.apache.org/xmlns/features/v1.6.0'><feature name='f' version='%s'/></features>";

    @TempDir
    Path home;

    private final FakeHandler handler = new FakeHandler();
    private Dropped dropped;

    @BeforeEach
    void watch() throws IOException {
        dropped = new Dropped(home, handler);
    }

    @AfterEach
    void close() {
        dropped.close();
    }

    @Test
    void aReleaseIsUnpackedInstalledAndMadePermanent() throws IOException {
        dropped.put("shop.yaml", Dropped.release("shop", "1.0.0"));

        dropped.settle();

        assertThat(handler.requests).containsExactly("unpack shop.yaml", "install shop/1.0.0");
        assertThat(handler.reasons).contains("file shop.yaml");
        assertThat(handler.with(ReleaseStatus.PERMANENT)).hasToString("shop/1.0.0");
        assertThat(dropped.installer.unsettled()).isEmpty();
        assertThat(dropped.folder).isDirectoryContaining(f -> f.endsWith("shop.yaml"));
        assertThat(dropped.refusal("shop.yaml")).doesNotExist();
    }

    @Test
    void whatIsPresentAtEveryStartIsDealtWithOnce() throws IOException {
        Path one = dropped.put("one.yaml", Dropped.release("shop", "1.0.0"));
        dropped.settle();
        handler.put(new Release(ReleaseId.parse("shop/3.0.0"), List.of()), ReleaseStatus.PERMANENT);
        handler.put(new Release(ReleaseId.parse("shop/1.0.0"), List.of()), ReleaseStatus.OLD);
        handler.requests.clear();

        dropped.start();
        dropped.settle();
        // A volume that is mounted afresh has other time stamps at every start.
        dropped.stop();
        dropped.touch(one);
        dropped.start();
        dropped.settle();

        assertThat(handler.requests).isEmpty();
        assertThat(handler.with(ReleaseStatus.PERMANENT)).hasToString("shop/3.0.0");
    }

    @Test
    void whatWasDroppedWhileTheContainerWasDownIsInstalledAndWhatWasRemovedIsLeftAlone() throws IOException {
        Path one = dropped.put("one.yaml", Dropped.release("shop", "1.0.0"));
        Path bad = dropped.put("bad.yaml", Dropped.release("shop", "9.0.0") + "broken\n");
        dropped.settle();
        assertThat(dropped.refusal("bad.yaml")).exists();
        dropped.stop();
        Files.delete(one);
        Files.delete(bad);
        dropped.put("two.yaml", Dropped.release("shop", "2.0.0"));

        dropped.start();
        dropped.settle();

        assertThat(handler.with(ReleaseStatus.PERMANENT)).hasToString("shop/2.0.0");
        assertThat(dropped.refusal("bad.yaml")).doesNotExist();
        assertThat(dropped.installer.unsettled()).isEmpty();
    }

    @Test
    void oneThatFailsIsRefusedOnceAndLeavesNothingBehindUntilABetterOneComes() throws IOException {
        dropped.put("shop.yaml", Dropped.release("shop", "1.0.0") + "broken\n");
        dropped.settle();

        assertThat(dropped.refusal("shop.yaml")).content().contains("it is broken", "touch it");
        assertThat(dropped.installer.unsettled())
                .containsExactly(
                        new Unsettled(dropped.folder.resolve("shop.yaml").toString(), true, "ledger: it is broken"));
        assertThat(handler.releases()).hasSize(1);
        dropped.start();
        dropped.settle();
        assertThat(handler.requests).containsExactly("unpack shop.yaml", "install shop/1.0.0", "remove shop/1.0.0");
        assertThat(dropped.refusal("shop.yaml")).exists();

        dropped.put("shop.yaml", Dropped.release("shop", "1.0.0"));
        dropped.settle();

        assertThat(dropped.refusal("shop.yaml")).doesNotExist();
        assertThat(handler.with(ReleaseStatus.PERMANENT)).hasToString("shop/1.0.0");
    }

    @Test
    void whatCanNotBePlannedIsNotInstalled() throws IOException {
        dropped.put("shop.yaml", Dropped.release("shop", "1.0.0") + "unplanned\n");

        dropped.settle();

        assertThat(dropped.refusal("shop.yaml")).content().contains("there is no way");
        assertThat(handler.requests).containsExactly("unpack shop.yaml", "remove shop/1.0.0");
    }

    @Test
    void aRefusedOneIsTriedAgainWhenItIsTouchedOrItsRefusalRemoved() throws IOException {
        Path file = dropped.put("shop.yaml", Dropped.release("shop", "1.0.0") + "broken\n");
        dropped.settle();
        dropped.touch(file);
        dropped.settle();
        assertThat(handler.requests).filteredOn(r -> r.startsWith("install")).hasSize(2);

        Files.delete(dropped.refusal("shop.yaml"));
        dropped.settle();

        assertThat(handler.requests).filteredOn(r -> r.startsWith("install")).hasSize(3);
        assertThat(dropped.refusal("shop.yaml")).exists();
    }

    @Test
    void aRefusalGoesWithItsFile() throws IOException {
        Path file = dropped.put("shop.yaml", Dropped.release("shop", "1.0.0") + "senseless\n");
        dropped.settle();
        assertThat(dropped.refusal("shop.yaml")).exists();

        Files.delete(file);
        dropped.settle();

        assertThat(dropped.refusal("shop.yaml")).doesNotExist();
        assertThat(dropped.installer.unsettled()).isEmpty();
        assertThat(handler.requests).containsExactly("unpack shop.yaml");
    }

    @Test
    void aRefusedFileMovesIfThePolicySaysSo() throws IOException {
        dropped.policy.put("refused", "move");
        dropped.start();
        dropped.put("shop.yaml", Dropped.release("shop", "1.0.0") + "broken\n");

        dropped.watcher.look();
        Path elsewhere = home.resolve("deploy-refused");
        await().atMost(Duration.ofSeconds(10)).until(() -> Files.exists(elsewhere.resolve("shop.yaml")));
        dropped.watcher.look();

        assertThat(elsewhere.resolve("shop.yaml.refused")).content().contains("it is broken");
        assertThat(dropped.folder).isEmptyDirectory();
        assertThat(dropped.installer.unsettled()).isEmpty();
    }

    @Test
    void byHandItIsOnlyUnpacked() throws IOException {
        dropped.policy.put("install", "manual");
        dropped.start();
        dropped.put("shop.yaml", Dropped.release("shop", "1.0.0"));

        dropped.settle();

        assertThat(handler.requests).containsExactly("unpack shop.yaml");
        assertThat(dropped.installer.unsettled())
                .singleElement()
                .satisfies(f -> assertThat(f.text()).contains("release:install shop/1.0.0"))
                .satisfies(f -> assertThat(f.refused()).isFalse());
        handler.permanent(ReleaseId.parse("shop/1.0.0"));
        assertThat(dropped.installer.unsettled()).isEmpty();
    }

    @Test
    void makingPermanentByHandLetsTheNextOneWait() throws IOException {
        dropped.policy.put("make-permanent", "manual");
        dropped.start();
        dropped.put("one.yaml", Dropped.release("shop", "1.0.0"));
        dropped.settle();
        assertThat(handler.with(ReleaseStatus.CURRENT)).hasToString("shop/1.0.0");

        dropped.put("two.yaml", Dropped.release("shop", "2.0.0"));
        dropped.settle();
        assertThat(handler.requests).doesNotContain("install shop/2.0.0");
        assertThat(dropped.installer.unsettled())
                .anyMatch(f -> f.text().contains("until release shop/1.0.0 is permanent"));
        handler.permanent(ReleaseId.parse("shop/1.0.0"));

        await().atMost(Duration.ofSeconds(10)).until(() -> handler.requests.contains("install shop/2.0.0"));
        assertThat(dropped.refusal("two.yaml")).doesNotExist();
    }

    @Test
    void oneThatIsTakenAwayWhileItWaitsLeavesNothingBehind() throws IOException {
        dropped.policy.put("make-permanent", "manual");
        dropped.start();
        dropped.put("one.yaml", Dropped.release("shop", "1.0.0"));
        dropped.settle();
        Path two = dropped.put("two.yaml", Dropped.release("shop", "2.0.0"));
        dropped.settle();

        Files.delete(two);
        dropped.settle();

        assertThat(handler.requests).containsSubsequence("unpack two.yaml", "remove shop/2.0.0");
        handler.permanent(ReleaseId.parse("shop/1.0.0"));
        dropped.settle();
        assertThat(handler.requests).doesNotContain("install shop/2.0.0");
    }

    @Test
    void oneThatWaitsIsInstalledAfterARestart() throws IOException {
        dropped.policy.put("make-permanent", "manual");
        dropped.start();
        dropped.put("one.yaml", Dropped.release("shop", "1.0.0"));
        dropped.settle();
        dropped.put("two.yaml", Dropped.release("shop", "2.0.0"));
        dropped.settle();
        dropped.stop();
        handler.restart();

        dropped.start();
        dropped.settle();

        assertThat(handler.with(ReleaseStatus.CURRENT)).hasToString("shop/2.0.0");
        assertThat(handler.requests).filteredOn("unpack two.yaml"::equals).hasSize(1);
    }

    @Test
    void whatWasNotPermanentWhenTheContainerEndedIsLeftToAPerson() throws IOException {
        dropped.policy.put("make-permanent", "manual");
        dropped.start();
        dropped.put("one.yaml", Dropped.release("shop", "1.0.0"));
        dropped.settle();
        assertThat(dropped.installer.unsettled())
                .singleElement()
                .satisfies(f -> assertThat(f.text()).contains("release:make-permanent shop/1.0.0"));
        handler.restart();

        dropped.start();
        dropped.settle();

        assertThat(handler.requests).containsExactly("unpack one.yaml", "install shop/1.0.0");
        assertThat(dropped.installer.unsettled())
                .singleElement()
                .satisfies(f -> assertThat(f.text()).contains("release:install shop/1.0.0"));
    }

    @Test
    void whatBakedWhenTheContainerWasStoppedIsRefusedAfterwards() throws IOException {
        handler.inUse = true;
        Thread stop = new Thread(() -> dropped.stop());
        handler.during = () -> {
            stop.start();
            await().atMost(Duration.ofSeconds(10)).until(() -> stop.getState() == Thread.State.TIMED_WAITING);
        };
        dropped.put("shop.yaml", Dropped.release("shop", "1.0.0"));
        dropped.watcher.look();
        await().atMost(Duration.ofSeconds(10)).until(() -> stop.getState() == Thread.State.TERMINATED);
        handler.inUse = false;
        handler.during = () -> {};
        handler.restart();

        dropped.start();
        dropped.settle();

        assertThat(dropped.refusal("shop.yaml")).content().contains("the container ended");
        assertThat(handler.requests).filteredOn(r -> r.startsWith("install")).hasSize(1);
    }

    @Test
    void aBusyHandlerIsWaitedFor() throws IOException {
        handler.busy = 20;
        dropped.put("shop.yaml", Dropped.release("shop", "1.0.0"));

        dropped.settle();

        assertThat(handler.with(ReleaseStatus.PERMANENT)).hasToString("shop/1.0.0");
    }

    @Test
    void itIsMadePermanentWhenTheLastOldCallHasLeft() throws IOException {
        handler.inUse = true;
        dropped.put("shop.yaml", Dropped.release("shop", "1.0.0"));
        dropped.settle();
        assertThat(handler.with(ReleaseStatus.CURRENT)).hasToString("shop/1.0.0");
        assertThat(dropped.installer.unsettled()).anyMatch(f -> f.text().contains("a call is left"));

        handler.inUse = false;

        await().atMost(Duration.ofSeconds(10)).until(() -> handler.requests.contains("make-permanent shop/1.0.0"));
        await().atMost(Duration.ofSeconds(10))
                .until(() -> dropped.installer.unsettled().isEmpty());
    }

    @Test
    void whatIsOfNoReleaseIsRefreshedIfThePolicySaysSo() throws IOException {
        dropped.policy.put("refresh", "auto");
        dropped.start();
        handler.inUse = true;
        dropped.put("shop.yaml", Dropped.release("shop", "1.0.0"));
        dropped.settle();
        assertThat(handler.requests).contains("install shop/1.0.0 --refresh");

        handler.inUse = false;

        await().atMost(Duration.ofSeconds(10))
                .until(() -> handler.requests.contains("make-permanent shop/1.0.0 --refresh"));
    }

    @Test
    void whatCanNotBeRefreshedLeavesTheReleaseToAPerson() throws IOException {
        dropped.policy.put("refresh", "auto");
        dropped.start();
        handler.tied = true;
        dropped.put("shop.yaml", Dropped.release("shop", "1.0.0"));

        dropped.settle();

        assertThat(handler.with(ReleaseStatus.CURRENT)).hasToString("shop/1.0.0");
        assertThat(dropped.refusal("shop.yaml")).doesNotExist();
        assertThat(dropped.installer.unsettled())
                .singleElement()
                .satisfies(f ->
                        assertThat(f.text()).contains("stock: offers services", "release:make-permanent shop/1.0.0"));
    }

    @Test
    void whatWasRolledBackBeforeItWasPermanentIsNotInstalledAgain() throws IOException {
        handler.inUse = true;
        dropped.put("shop.yaml", Dropped.release("shop", "1.0.0"));
        dropped.settle();

        handler.restart();

        await().atMost(Duration.ofSeconds(10)).until(() -> Files.exists(dropped.refusal("shop.yaml")));
        assertThat(dropped.refusal("shop.yaml")).content().contains("taken back");
        assertThat(handler.requests).filteredOn(r -> r.startsWith("install")).hasSize(1);
    }

    @Test
    void oneThatBringsTheContainerDownIsNotTriedAtEveryStart() throws IOException {
        byte[][] record = new byte[1][];
        handler.during = () -> record[0] = records();
        dropped.put("shop.yaml", Dropped.release("shop", "1.0.0"));
        dropped.settle();
        dropped.stop();
        handler.put(new Release(ReleaseId.parse("shop/1.0.0"), List.of()), ReleaseStatus.CURRENT);
        handler.restart();
        // What is on the disk if it is killed in the middle.
        Files.write(home.resolve("releases/DEPLOYED"), record[0]);

        dropped.start();
        dropped.settle();

        assertThat(handler.requests).filteredOn(r -> r.startsWith("install")).hasSize(1);
        assertThat(dropped.refusal("shop.yaml")).content().contains("the container ended", "touch the file");
    }

    private byte[] records() {
        try {
            return Files.readAllBytes(home.resolve("releases/DEPLOYED"));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void aReleaseThatRestartsTheContainerIsNotInstalledAgain() throws IOException {
        handler.restarts = true;
        dropped.put("shop.yaml", Dropped.release("shop", "1.0.0"));
        dropped.settle();
        handler.requests.clear();

        dropped.start();
        dropped.settle();

        assertThat(handler.requests).isEmpty();
        assertThat(dropped.refusal("shop.yaml")).doesNotExist();
    }

    @Test
    void ofSeveralTheNewestCountsWhateverTheirNames() throws IOException {
        dropped.put("a.yaml", Dropped.release("shop", "3.0.0") + "broken\n");
        dropped.put("b.yaml", Dropped.release("shop", "2.0.0"));
        dropped.put("c.yaml", Dropped.release("shop", "1.0.0"));
        dropped.settle();

        assertThat(handler.requests)
                .filteredOn(r -> r.startsWith("install"))
                .containsExactly("install shop/3.0.0", "install shop/2.0.0");
        assertThat(handler.with(ReleaseStatus.PERMANENT)).hasToString("shop/2.0.0");
        assertThat(dropped.refusal("a.yaml")).exists();
        assertThat(dropped.refusal("b.yaml")).doesNotExist();
        assertThat(dropped.refusal("c.yaml")).doesNotExist();
    }

    @Test
    void anOlderOneIsGoneBackToWhenTheNewerFileIsGoneAndItIsTouched() throws IOException {
        Path one = dropped.put("one.yaml", Dropped.release("shop", "1.0.0"));
        dropped.settle();
        Path two = dropped.put("two.yaml", Dropped.release("shop", "2.0.0"));
        dropped.settle();

        Files.delete(two);
        dropped.settle();
        assertThat(handler.with(ReleaseStatus.PERMANENT)).hasToString("shop/2.0.0");
        dropped.touch(one);
        dropped.settle();

        assertThat(handler.with(ReleaseStatus.PERMANENT)).hasToString("shop/1.0.0");
        assertThat(handler.requests).filteredOn("unpack one.yaml"::equals).hasSize(1);
    }

    @Test
    void aRenamedFileIsTheSame() throws IOException {
        Path one = dropped.put("one.yaml", Dropped.release("shop", "1.0.0"));
        dropped.settle();
        dropped.put("two.yaml", Dropped.release("shop", "2.0.0"));
        dropped.settle();
        handler.requests.clear();

        Files.move(one, dropped.folder.resolve("uno.yaml"));
        dropped.settle();
        dropped.start();
        dropped.settle();

        assertThat(handler.requests).isEmpty();
        assertThat(handler.with(ReleaseStatus.PERMANENT)).hasToString("shop/2.0.0");
    }

    @Test
    void anotherContentWithTheSameTimeStampIsAnotherFile() throws IOException {
        Path file = dropped.put("shop.yaml", Dropped.release("shop", "1.0.0"));
        dropped.settle();
        FileTime stamp = Files.getLastModifiedTime(file);
        Path next = Files.writeString(home.resolve("next"), Dropped.release("shop", "2.0.0") + "# more\n");
        Files.setLastModifiedTime(next, stamp);

        Files.copy(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
        dropped.settle();
        assertThat(handler.with(ReleaseStatus.PERMANENT)).hasToString("shop/2.0.0");
        dropped.stop();
        // Of the same length too: no watcher sees it, the next start does.
        Files.writeString(file, Dropped.release("shop", "3.0.0") + "# more\n");
        Files.setLastModifiedTime(file, stamp);
        dropped.start();
        dropped.settle();

        assertThat(handler.with(ReleaseStatus.PERMANENT)).hasToString("shop/3.0.0");
    }

    @Test
    void aYamlFileIsNotReadWhileSomebodyWritesIt() throws IOException {
        dropped.times = Dropped.times(20, 400);
        dropped.start();
        Path file = Files.writeString(dropped.folder.resolve("shop.yaml"), "release: shop\nversion: 1.0");
        dropped.watcher.look();
        await().atMost(Duration.ofSeconds(10))
                .until(() -> !dropped.installer.unsettled().isEmpty());
        assertThat(handler.requests).isEmpty();

        Files.writeString(file, ".7\nbundles:\n", StandardOpenOption.APPEND);
        dropped.watcher.look();

        await().atMost(Duration.ofSeconds(10)).until(() -> !handler.requests.isEmpty());
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(
                        () -> assertThat(handler.with(ReleaseStatus.PERMANENT)).hasToString("shop/1.0.7"));
        assertThat(handler.requests).containsExactly("unpack shop.yaml", "install shop/1.0.7");
    }

    @Test
    void aReleaseMayNotNameBundlesOfTheFolderItself() throws IOException {
        dropped.put("shop.yaml", Dropped.release("shop", "1.0.0") + "- lib/ledger.jar\n");

        dropped.settle();

        assertThat(dropped.refusal("shop.yaml")).content().contains("lies in the deploy folder itself");
        assertThat(handler.requests).containsExactly("unpack shop.yaml", "remove shop/1.0.0");
    }

    @Test
    void aFeatureRepositoryGoesTheUsualWayUnlessItSaysOrIsKnownToBeARelease() throws IOException {
        dropped.put("container-1.xml", FEATURES.formatted("container", "1.0.0"));
        dropped.put("shop-1.xml", FEATURES.formatted("shop", "1.0.0"));
        dropped.settle();
        assertThat(dropped.watcher.others).containsExactly("container-1.xml", "shop-1.xml");
        assertThat(handler.requests).isEmpty();

        dropped.put("marked.xml", "<?theseus-release?>" + FEATURES.formatted("shop", "1.0.0"));
        dropped.settle();
        dropped.put("shop-2.xml", FEATURES.formatted("shop-2.0.0", "2.0.0"));
        dropped.put("shopping.xml", FEATURES.formatted("shopping-2.0.0", "2.0.0"));
        dropped.put("blueprint.xml", "<blueprint xmlns='http://www.osgi.org/xmlns/blueprint/v1.0.0'/>");
        dropped.put("some.yaml", "apiVersion: v1\nmetadata:\n  release: shop\n");
        dropped.put("some.cfg", "release = 1");
        dropped.settle();

        assertThat(handler.requests)
                .containsExactly("unpack marked.xml", "install shop/1.0.0", "unpack shop-2.xml", "install shop/2.0.0");
        assertThat(dropped.watcher.others)
                .containsExactlyInAnyOrder(
                        "container-1.xml", "shop-1.xml", "shopping.xml", "blueprint.xml", "some.yaml", "some.cfg");
    }
}
