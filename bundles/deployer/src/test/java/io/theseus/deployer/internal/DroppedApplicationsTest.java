// SPDX-License-Identifier: Apache-2.0
package io.theseus.deployer.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.theseus.release.BundleSpec;
import io.theseus.release.ReleaseStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DroppedApplicationsTest {
    private static final String APPUP = "OSGI-INF/appup.yaml";

    @TempDir
    Path home;

    private FakeHandler handler = new FakeHandler(FakeHandler.application("ledger", "1.0.0", "abc"));
    private Dropped dropped;

    private void watch() throws IOException {
        dropped = new Dropped(home, handler);
    }

    @AfterEach
    void close() {
        dropped.close();
    }

    @Test
    void aNewerVersionIsUpgradedAndTheWatcherOwnsNoneOfIt() throws IOException {
        watch();
        dropped.put("anything.jar", Dropped.jar("ledger", "2.0.0"));

        dropped.settle();

        assertThat(handler.requests).containsExactly("UP ledger 2.0.0");
        assertThat(handler.runs("ledger")).isEqualTo("2.0.0");
        assertThat(handler.read).singleElement().satisfies(uri -> {
            assertThat(Path.of(uri).startsWith(dropped.folder)).isFalse();
            assertThat(Path.of(uri)).hasFileName("ledger-2.0.0.jar").doesNotExist();
        });
        dropped.start();
        dropped.settle();
        assertThat(handler.requests).hasSize(1);
        assertThat(dropped.watcher.others).isEmpty();
    }

    @Test
    void theSameAgainIsNothingAndAnotherBuildOfTheVersionIsTakenIn() throws IOException {
        byte[] jar = Dropped.jar("ledger", "1.0.0", APPUP);
        Path same = Files.write(home.resolve("same"), jar);
        handler = new FakeHandler(FakeHandler.application("ledger", "1.0.0", Digest.of(same)));
        watch();
        Path file = dropped.put("ledger.jar", jar);
        dropped.settle();
        assertThat(handler.requests).isEmpty();

        dropped.put("ledger.jar", Dropped.jar("ledger", "1.0.0", APPUP, "more"));
        dropped.settle();

        assertThat(handler.requests).containsExactly("UP ledger 1.0.0");
        assertThat(dropped.refusal("ledger.jar")).doesNotExist();
        dropped.start();
        dropped.settle();
        assertThat(handler.requests).hasSize(1);
        Files.write(file, jar);
        dropped.settle();
        assertThat(handler.requests).containsExactly("UP ledger 1.0.0", "UP ledger 1.0.0");
    }

    @ParameterizedTest
    @CsvSource({"a.jar, b.jar", "b.jar, a.jar"})
    void ofTwoBuildsOfTheVersionThatRunsTheOtherOneIsRefused(String same, String other) throws IOException {
        byte[] jar = Dropped.jar("ledger", "1.0.0", APPUP);
        handler = new FakeHandler(
                FakeHandler.application("ledger", "1.0.0", Digest.of(Files.write(home.resolve("same"), jar))));
        watch();
        dropped.put(same, jar);
        dropped.put(other, Dropped.jar("ledger", "1.0.0", APPUP, "more"));

        dropped.settle();

        assertThat(handler.requests).isEmpty();
        assertThat(dropped.refusal(same)).doesNotExist();
        assertThat(dropped.refusal(other)).content().contains(same + " beside it", "keep one of the two");
    }

    @Test
    void aVersionWhoseDigestNobodyKnowsRunsAlready() throws IOException {
        handler = new FakeHandler(FakeHandler.application("ledger", "1.0.0", ""));
        watch();
        dropped.put("ledger.jar", Dropped.jar("ledger", "1.0.0"));

        dropped.settle();

        assertThat(handler.requests).isEmpty();
        assertThat(dropped.refusal("ledger.jar")).doesNotExist();
    }

    @Test
    void anOlderVersionIsGoneBackToUnlessANewerLiesBesideIt() throws IOException {
        handler = new FakeHandler(FakeHandler.application("ledger", "2.0.0", "abc"));
        watch();
        Path one = dropped.put("one.jar", Dropped.jar("ledger", "1.0.0"));
        dropped.settle();
        assertThat(handler.requests).containsExactly("DOWN ledger 1.0.0");

        Path three = dropped.put("three.jar", Dropped.jar("ledger", "3.0.0"));
        dropped.settle();
        dropped.touch(one);
        dropped.settle();
        assertThat(handler.runs("ledger")).isEqualTo("3.0.0");
        Files.delete(three);
        dropped.settle();
        assertThat(handler.runs("ledger")).isEqualTo("3.0.0");
        dropped.touch(one);
        dropped.settle();

        assertThat(handler.runs("ledger")).isEqualTo("1.0.0");
    }

    @Test
    void anApplicationThatNoReleaseHasIsAddedOnce() throws IOException {
        watch();
        dropped.put("new.jar", Dropped.jar("audit", "1.0.0", APPUP));

        dropped.settle();
        dropped.start();
        dropped.settle();

        assertThat(handler.requests).containsExactly("ADD audit 1.0.0");
        assertThat(handler.runs("audit")).isEqualTo("1.0.0");
        assertThat(handler.runs("ledger")).isEqualTo("1.0.0");
        assertThat(dropped.installer.unsettled()).isEmpty();
    }

    @Test
    void oneThatFailsIsRefusedAndItsReleaseForgotten() throws IOException {
        watch();
        dropped.put("ledger.jar", Dropped.jar("ledger", "2.0.0", "broken"));

        dropped.settle();

        assertThat(dropped.refusal("ledger.jar")).content().contains("it is broken");
        assertThat(handler.releases()).hasSize(1);
        dropped.put("ledger.jar", Dropped.jar("ledger", "2.0.0"));
        dropped.settle();
        assertThat(dropped.refusal("ledger.jar")).doesNotExist();
        assertThat(handler.runs("ledger")).isEqualTo("2.0.0");
    }

    @Test
    void otherJarsGoTheUsualWay() throws IOException {
        handler = new FakeHandler(
                FakeHandler.application("ledger", "1.0.0", "abc"),
                new BundleSpec(
                        "money",
                        org.osgi.framework.Version.parseVersion("1.0"),
                        "mvn:x",
                        "",
                        70,
                        BundleSpec.Role.LIBRARY));
        watch();
        dropped.put("plain.jar", Dropped.jar("plain", "1.0.0", "OSGI-INF/other.yaml"));
        dropped.put("library.jar", Dropped.jar("money", "1.1"));
        dropped.put("no-bundle.jar", Dropped.jar("", ""));
        dropped.put("shop.kar", Dropped.kar("repository/features.xml", Dropped.features("other", "")));
        dropped.put("odd.jar", Dropped.jar("ledger", "no version", APPUP));

        dropped.settle();

        assertThat(dropped.watcher.others)
                .containsExactly("library.jar", "no-bundle.jar", "odd.jar", "plain.jar", "shop.kar");
        assertThat(dropped.installer.unsettled()).isEmpty();
    }

    @Test
    void halfOfAJarIsNotOursYetAndOneThatIsWrittenOverStaysOurs() throws IOException {
        watch();
        byte[] jar = Dropped.jar("ledger", "2.0.0");
        byte[] half = Arrays.copyOf(jar, jar.length / 2);
        dropped.put("ledger.jar", half);
        dropped.settle();
        assertThat(dropped.watcher.others).containsExactly("ledger.jar");
        dropped.put("ledger.jar", jar);
        dropped.settle();
        assertThat(handler.runs("ledger")).isEqualTo("2.0.0");

        byte[] next = Dropped.jar("ledger", "3.0.0");
        dropped.put("ledger.jar", Arrays.copyOf(next, next.length / 2));
        dropped.settle();
        assertThat(dropped.refusal("ledger.jar")).content().contains("still being copied");
        dropped.put("ledger.jar", next);
        dropped.settle();

        assertThat(handler.runs("ledger")).isEqualTo("3.0.0");
        assertThat(dropped.refusal("ledger.jar")).doesNotExist();
        assertThat(dropped.watcher.others).containsExactly("ledger.jar");
    }

    @Test
    void anApplicationThatAPlainBundleTakesThePlaceOfIsLeftToTheUsualWay() throws IOException {
        watch();
        dropped.put("some.jar", Dropped.jar("ledger", "2.0.0"));
        dropped.settle();

        dropped.put("some.jar", Dropped.jar("plain", "1.0.0"));
        dropped.settle();

        assertThat(dropped.watcher.others).containsExactly("some.jar");
        assertThat(handler.runs("ledger")).isEqualTo("2.0.0");
    }

    @Test
    void aFolderIsNoApplication() throws IOException {
        watch();
        Path exploded = Files.createDirectory(dropped.folder.resolve("ledger"));
        // File Install asks about a jar that it makes of the folder, and reports the folder.
        Path made = Files.write(home.resolve("ledger.jar"), Dropped.jar("ledger", "2.0.0"));
        assertThat(dropped.installer.canHandle(made.toFile())).isTrue();

        dropped.installer.install(exploded.toFile());

        await().atMost(Duration.ofSeconds(30)).until(() -> Files.exists(dropped.refusal("ledger")));
        assertThat(dropped.refusal("ledger")).content().contains("is a folder; drop the application as a jar");
    }

    @Test
    void fiftyFilesAtOnceEndWithTheNewestOfEachInOneStep() throws IOException {
        many(25);
        List<Integer> names = new ArrayList<>(IntStream.range(0, 50).boxed().toList());
        Collections.shuffle(names, new Random(7));
        for (int i = 0; i < 50; i++) {
            String version = i < 25 ? "2.0.0" : "3.0.0";
            dropped.put("file" + names.get(i) + ".jar", Dropped.jar("app" + i % 25, version));
        }

        dropped.settle();

        await().atMost(Duration.ofSeconds(30)).until(() -> !handler.requests.isEmpty());
        await().atMost(Duration.ofSeconds(30))
                .until(() -> dropped.installer.unsettled().isEmpty());
        for (int i = 0; i < 25; i++) {
            assertThat(handler.runs("app" + i)).isEqualTo("3.0.0");
        }
        assertThat(handler.requests)
                .singleElement()
                .satisfies(request ->
                        assertThat(request.split(", ")).hasSize(25).allMatch(each -> each.startsWith("UP app")));
        assertThat(handler.reasons).anyMatch(reason -> reason.matches("files file.*jar, .* and 20 more"));
    }

    @Test
    void whatAProblemNamesDoesNotHoldUpTheOthers() throws IOException {
        many(5);
        for (int i = 0; i < 5; i++) {
            dropped.put("file" + i + ".jar", Dropped.jar("app" + i, "2.0.0", i % 2 == 1 ? "wrong" : "right"));
        }

        dropped.settle();

        await().atMost(Duration.ofSeconds(30)).until(() -> Files.exists(dropped.refusal("file3.jar")));
        assertThat(handler.requests)
                .containsExactly(
                        "UP app0 2.0.0, UP app1 2.0.0, UP app2 2.0.0, UP app3 2.0.0, UP app4 2.0.0",
                        "UP app0 2.0.0, UP app2 2.0.0, UP app4 2.0.0",
                        "UP app1 2.0.0, UP app3 2.0.0",
                        "UP app1 2.0.0",
                        "UP app3 2.0.0");
        assertThat(dropped.refusal("file1.jar"))
                .content()
                .contains("app1.Accounts: is wrong")
                .doesNotContain("app3");
        assertThat(dropped.refusal("file3.jar"))
                .content()
                .contains("app3.Accounts: is wrong")
                .doesNotContain("app1");
        assertThat(handler.runs("app4")).isEqualTo("2.0.0");
        assertThat(handler.runs("app1")).isEqualTo("1.0.0");
    }

    @Test
    void whatNoProblemNamesIsFoundByHalves() throws IOException {
        many(8);
        for (int i = 0; i < 8; i++) {
            dropped.put("file" + i + ".jar", Dropped.jar("app" + i, "2.0.0", i == 5 ? "bad" : "right"));
        }

        dropped.settle();

        await().atMost(Duration.ofSeconds(30)).until(() -> Files.exists(dropped.refusal("file5.jar")));
        await().atMost(Duration.ofSeconds(30)).until(() -> handler.runs("app7").equals("2.0.0"));
        assertThat(handler.requests).hasSize(7);
        assertThat(dropped.installer.unsettled())
                .singleElement()
                .satisfies(f -> assertThat(f.file()).endsWith("file5.jar"));
        assertThat(IntStream.range(0, 8).filter(i -> i != 5).mapToObj(i -> handler.runs("app" + i)))
                .containsOnly("2.0.0");
    }

    @Test
    void aStepThatIsTakenBackIsTriedInParts() throws IOException {
        many(2);
        dropped.put("file0.jar", Dropped.jar("app0", "2.0.0", "broken"));
        dropped.put("file1.jar", Dropped.jar("app1", "2.0.0"));

        dropped.settle();

        await().atMost(Duration.ofSeconds(30)).until(() -> Files.exists(dropped.refusal("file0.jar")));
        await().atMost(Duration.ofSeconds(30)).until(() -> handler.runs("app1").equals("2.0.0"));
        assertThat(dropped.refusal("file1.jar")).doesNotExist();
    }

    @Test
    void aKillDuringAStepLeadsToNoLoop() throws IOException {
        many(2);
        handler.during = () -> {
            throw new CancellationException("killed");
        };
        dropped.put("file0.jar", Dropped.jar("app0", "2.0.0"));
        dropped.put("file1.jar", Dropped.jar("new", "2.0.0", APPUP));
        dropped.watcher.look();
        await().atMost(Duration.ofSeconds(30)).until(() -> !handler.requests.isEmpty());
        dropped.stop();
        handler.during = () -> {};
        handler.requests.clear();

        dropped.start();
        dropped.settle();

        assertThat(handler.requests).isEmpty();
        assertThat(dropped.refusal("file0.jar"))
                .content()
                .contains("the container ended", "in one step with 1 more", "touch the file");
        assertThat(dropped.refusal("file1.jar")).exists();
    }

    private void many(int number) throws IOException {
        handler = new FakeHandler(IntStream.range(0, number)
                .mapToObj(i -> FakeHandler.application("app" + i, "1.0.0", "abc"))
                .toArray(BundleSpec[]::new));
        watch();
        // Long enough for a slow disk: what is reported together is dealt with together.
        dropped.times = Dropped.times(2000, 0);
        dropped.start();
    }

    @Test
    void aReleaseComesBeforeTheApplicationsThatAreDroppedWithIt() throws IOException {
        watch();
        dropped.put("a.jar", Dropped.jar("b0", "2.0.1", APPUP));
        dropped.put("z.yaml", Dropped.release("shop", "2.0.0") + "- ../b0.jar\n");
        dropped.settle();

        assertThat(handler.requests).containsExactly("unpack z.yaml", "install shop/2.0.0", "UP b0 2.0.1");
        assertThat(handler.with(ReleaseStatus.PERMANENT).name()).isEqualTo("shop");
    }

    @Test
    void byHandNothingIsDoneAndSaidWhatToDo() throws IOException {
        watch();
        dropped.policy.put("install", "manual");
        dropped.start();
        dropped.put("ledger.jar", Dropped.jar("ledger", "2.0.0"));

        dropped.settle();

        assertThat(handler.requests).isEmpty();
        assertThat(dropped.installer.unsettled())
                .singleElement()
                .satisfies(f -> assertThat(f.text()).contains("use application:upgrade ledger with this file"));
    }
}
