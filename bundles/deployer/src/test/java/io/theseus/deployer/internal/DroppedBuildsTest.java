// SPDX-License-Identifier: Apache-2.0
package io.theseus.deployer.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.theseus.release.Release;
import io.theseus.release.ReleaseId;
import io.theseus.release.ReleaseStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that bring a release which is known: the same one in other bytes, or another build of a snapshot. */
class DroppedBuildsTest {
    private static final ReleaseId SNAPSHOT = ReleaseId.parse("shop/2.0.0.SNAPSHOT");
    private static final String BUNDLE = "repository/acme/ledger/2.0.0/ledger-2.0.0.jar";

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

    private static byte[] archive(String release, String time) throws IOException {
        return Dropped.kar("repository/x.xml", release, BUNDLE, "ledger", "META-INF/built", time);
    }

    private static String build(String number) {
        return Dropped.release("shop", "2.0.0.SNAPSHOT") + "  - ../build" + number + ".jar\n";
    }

    /** The number of the build that is known. */
    private String known() {
        return handler.releases().stream()
                .filter(info -> info.release().id().equals(SNAPSHOT))
                .flatMap(info -> info.release().bundles().stream())
                .map(bundle -> bundle.location().replaceAll(".*build|\\.jar", ""))
                .reduce("", String::concat);
    }

    @Test
    void anArchiveThatWasBuiltAnewAndHasTheSameInItGoesOnWithWhatIsKnown() throws IOException {
        String shop = Dropped.features("shop", "<?theseus-release?>");
        dropped.put("shop.kar", archive(shop, "monday"));
        dropped.settle();
        handler.requests.clear();

        dropped.put("shop.kar", archive(shop, "tuesday"));
        dropped.settle();
        assertThat(handler.requests).containsExactly("unpack x.xml");
        assertThat(dropped.refusal("shop.kar")).doesNotExist();
        handler.put(new Release(ReleaseId.parse("shop/9.0.0"), List.of()), ReleaseStatus.UNPACKED);
        handler.permanent(ReleaseId.parse("shop/9.0.0"));

        dropped.put("shop.kar", archive(shop, "wednesday"));
        dropped.settle();

        assertThat(handler.with(ReleaseStatus.PERMANENT)).hasToString("shop/2.0.0");
        assertThat(handler.requests).noneMatch(request -> request.startsWith("remove"));
    }

    @Test
    void whatSomebodyElseHadUnpackedStaysWhenTheFileIsRefused() throws IOException {
        String shop = Dropped.features("shop", "<?theseus-release?><!-- unplanned -->");
        handler.unpack(Files.writeString(home.resolve("by-hand.xml"), shop).toUri());

        dropped.put("shop.kar", archive(shop, "monday"));
        dropped.settle();

        assertThat(dropped.refusal("shop.kar")).content().contains("there is no way");
        assertThat(handler.requests).doesNotContain("remove shop/2.0.0");
    }

    @Test
    void theNextBuildOfASnapshotTakesThePlaceOfTheLastUnlessThatRuns() throws IOException {
        dropped.policy.put("install", "manual");
        dropped.start();
        dropped.put("shop.yaml", build("1"));
        dropped.settle();
        assertThat(known()).isEqualTo("1");

        dropped.put("shop.yaml", build("2"));
        dropped.settle();
        assertThat(known()).isEqualTo("2");
        handler.permanent(SNAPSHOT);
        dropped.put("shop.yaml", build("3"));
        dropped.settle();

        assertThat(dropped.refusal("shop.yaml")).content().contains("is known");
        assertThat(known()).isEqualTo("2");
    }

    @Test
    void aRefusedBuildLeavesNothingBehind() throws IOException {
        handler.unpack(
                Files.writeString(home.resolve("by-hand.yaml"), build("1")).toUri());

        dropped.put("shop.yaml", build("2") + "unplanned\n");
        dropped.settle();

        assertThat(dropped.refusal("shop.yaml")).content().contains("there is no way");
        assertThat(known()).isEmpty();
    }

    @Test
    void backToAnOlderBuildByTouchingItsFile() throws IOException {
        Path first = dropped.put("first.yaml", build("1"));
        dropped.settle();
        handler.put(new Release(ReleaseId.parse("shop/1.0.0"), List.of()), ReleaseStatus.OLD);
        handler.permanent(ReleaseId.parse("shop/1.0.0"));
        dropped.put("second.yaml", build("2"));
        dropped.settle();
        assertThat(known()).isEqualTo("2");
        assertThat(handler.with(ReleaseStatus.PERMANENT)).isEqualTo(SNAPSHOT);
        handler.permanent(ReleaseId.parse("shop/1.0.0"));

        dropped.touch(first);
        dropped.settle();

        assertThat(known()).isEqualTo("1");
        assertThat(handler.with(ReleaseStatus.PERMANENT)).isEqualTo(SNAPSHOT);
    }

    @Test
    void ofTwoThatWaitTheFirstIsInstalledAndTheOtherRefused() throws IOException {
        dropped.policy.put("make-permanent", "manual");
        dropped.start();
        dropped.put("shop.yaml", Dropped.release("shop", "1.0.0"));
        dropped.settle();
        dropped.put("a.yaml", build("1"));
        dropped.put("b.yaml", build("2"));
        dropped.settle();

        assertThat(dropped.refusal("b.yaml")).content().contains("a.yaml beside it has another build", "touch it");
        await().atMost(Duration.ofSeconds(10)).until(() -> known().equals("1"));
        handler.permanent(ReleaseId.parse("shop/1.0.0"));
        await().atMost(Duration.ofSeconds(10)).until(() -> handler.requests.contains("install " + SNAPSHOT));
        assertThat(known()).isEqualTo("1");
        assertThat(dropped.refusal("a.yaml")).doesNotExist();
    }
}
