// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.theseus.release.InstallOptions;
import io.theseus.release.PermanentOptions;
import io.theseus.release.Problem;
import io.theseus.release.Progress;
import io.theseus.release.RefusedException;
import io.theseus.release.ReleaseId;
import io.theseus.release.ReleaseInfo;
import io.theseus.release.ReleaseStatus;
import io.theseus.release.Report;
import io.theseus.release.Report.Outcome;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** A release is unpacked whose id is known: the same one, or what was built anew. */
class UnpackAgainTest {
    private static final String SNAPSHOT = "2.0.0.SNAPSHOT";
    private static final String RELUP = "release: shop\nversion: ";

    @TempDir
    Path folder;

    private World world;

    @BeforeEach
    void open() {
        world = new World(folder);
        world.running("1.0.0", "ledger 1.0.0", "pricing 1.0.0");
    }

    @AfterEach
    void close() {
        world.close();
    }

    private String release(String version, String build) {
        return "release shop " + version + "\nbundle " + world.bundle("ledger 2.0.0" + build) + "\nbundle "
                + world.bundle("pricing 2.0.0") + "\nappup pricing "
                + world.file("pricing.yaml", "2.0.0" + " ".repeat(build.length())) + "\nrelup "
                + world.file("relup.yaml", RELUP + version)
                + "\nconfig acme.cfg a=b\n";
    }

    private ReleaseInfo unpack(String text) {
        return world.handler.unpack(world.file("shop.yaml", text));
    }

    private List<String> refusal(String text) {
        return catchThrowableOfType(RefusedException.class, () -> unpack(text)).problems().stream()
                .map(Problem::toString)
                .toList();
    }

    @Test
    void theSameOneGoesOnAsWhatItIs() {
        unpack(release("2.0.0", ""));
        world.handler.install(ReleaseId.parse("shop/2.0.0"), InstallOptions.DEFAULT, Progress.SILENT);
        ReleaseInfo current = world.handler.find("2.0.0");
        Map<String, String> before = world.store();

        ReleaseInfo again = unpack(release("2.0.0", ""));

        assertThat(again).isEqualTo(current);
        assertThat(world.store()).isEqualTo(before);
        assertThat(last().outcome()).isEqualTo(Outcome.DONE);
        assertThat(last().steps()).extracting(Report.Line::text).contains("known already, with the same content");
    }

    @Test
    void whereItIsReadFromAndInWhichOrderIsNoMatter() {
        unpack(release("2.0.0", ""));

        ReleaseInfo again = unpack("release shop 2.0.0\nbundle " + world.file("elsewhere.jar", "pricing 2.0.0")
                + "\nbundle " + world.file("elsewhere-too.jar", "ledger 2.0.0") + "\nappup pricing "
                + world.file("elsewhere.yaml", "2.0.0") + "\nrelup " + world.file("other.yaml", RELUP + "2.0.0")
                + "\nconfig acme.cfg a=b\n");

        assertThat(again.release().bundles())
                .extracting(bundle -> bundle.location())
                .noneMatch(location -> location.contains("elsewhere"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bundle(.*)ledger-2.0.0.jar | bundle$1ledger-2.0.0-again.jar | bundle ledger: has SHA-256 [0-9a-f]{64}; the known one has SHA-256 [0-9a-f]{64}",
                "bundle(.*)ledger-2.0.0.jar | bundle$1ledger-2.1.0.jar | bundle ledger: has version 2.1.0, SHA-256 .*; the known one has version 2.0.0, SHA-256 .*",
                "bundle(.*)ledger-2.0.0.jar | bundle$1ledger-2.0.0.jar OPTIONAL | bundle ledger: has type optional; the known one has type required",
                "bundle(.*)pricing-2.0.0.jar\\n | bundle$1pricing-2.0.0.jar\\nbundle$1web-1.0.0.jar\\n | bundle web: is not in the known one",
                "bundle(.*)ledger-2.0.0.jar\\n | '' | bundle ledger: is only in the known one",
                "appup.*\\n | '' | appup of pricing: is only in the known one",
                "appup pricing.*\\n | appup ledger FOLDER/pricing.yaml\\n | appup of .*: is [notly]+ in the known one",
                "pricing.yaml | other-appup.yaml | appup of pricing: has SHA-256 .*; the known one has SHA-256 .*",
                "relup.*\\n | '' | relup: is only in the known one",
                "config.*\\n | '' | configuration acme.cfg: is only in the known one",
                "a=b | a=c | configuration acme.cfg: has SHA-256 .*; the known one has SHA-256 .*",
            })
    void whatDiffersIsSaidAndNothingIsChanged(String pattern, String change, String expected) {
        unpack(release("2.0.0", ""));
        for (String other : List.of("ledger 2.0.0 again", "ledger 2.1.0", "web 1.0.0")) {
            world.bundle(other);
        }
        world.file("other-appup.yaml", " 2.0.0");
        Map<String, String> before = world.store();
        String here = folder.toUri().toString();

        List<String> refusal = refusal(release("2.0.0", "")
                .replaceFirst(pattern, change.replace("\\n", "\n").replace("FOLDER/", here)));

        assertThat(refusal)
                .first()
                .asString()
                .startsWith("shop/2.0.0: is known and unpacked, and file:")
                .endsWith(
                        "has it with other content; give this one another version, or release:remove shop/2.0.0 first");
        assertThat(refusal).hasSizeBetween(2, 3);
        assertThat(refusal.subList(1, refusal.size()))
                .allSatisfy(line -> assertThat(line).matches(expected));
        assertThat(world.store()).isEqualTo(before);
        assertThat(last().outcome()).isEqualTo(Outcome.REFUSED);
    }

    @ParameterizedTest
    @EnumSource(
            value = ReleaseStatus.class,
            mode = Mode.EXCLUDE,
            names = {"TMP_CURRENT"})
    void anotherBuildOfASnapshotTakesItsPlaceUnlessItRuns(ReleaseStatus status) {
        ReleaseId id = unpack(release(SNAPSHOT, "")).release().id();
        bring(id, status);
        Map<String, String> before = world.store();

        if (status == ReleaseStatus.CURRENT || status == ReleaseStatus.PERMANENT) {
            assertThat(refusal(release(SNAPSHOT, " again")).get(0))
                    .contains("is known and " + Transitions.word(status))
                    .endsWith(
                            "give this one another version; application:upgrade takes another build of a single bundle");
            assertThat(world.store()).isEqualTo(before);
            return;
        }
        ReleaseInfo next = unpack(release(SNAPSHOT, " again"));

        assertThat(next.status()).isEqualTo(ReleaseStatus.UNPACKED);
        assertThat(world.handler.find(SNAPSHOT)).isEqualTo(next);
        assertThat(world.store())
                .containsValue("ledger 2.0.0 again")
                .doesNotContainValue("ledger 2.0.0")
                .containsEntry("shop-" + SNAPSHOT + "/appups/pricing.yaml", "2.0.0      ");
        assertThat(last().steps())
                .extracting(Report.Line::text)
                .contains("in place of the build that was unpacked before")
                .anyMatch(line -> line.startsWith("bundle ledger: has SHA-256 "));
        world.restart();
        assertThat(world.handler.find(SNAPSHOT).release()).isEqualTo(next.release());
        world.handler.install(id, InstallOptions.DEFAULT, Progress.SILENT);
        assertThat(world.code.contents).containsValue("ledger 2.0.0 again");
    }

    private void bring(ReleaseId id, ReleaseStatus status) {
        if (status != ReleaseStatus.UNPACKED) {
            world.handler.install(id, InstallOptions.DEFAULT, Progress.SILENT);
        }
        if (status == ReleaseStatus.PERMANENT || status == ReleaseStatus.OLD) {
            world.handler.makePermanent(id, PermanentOptions.DEFAULT, Progress.SILENT);
        }
        if (status == ReleaseStatus.OLD) {
            ReleaseId one = ReleaseId.parse("shop/1.0.0");
            world.handler.install(one, InstallOptions.DEFAULT, Progress.SILENT);
            world.handler.makePermanent(one, PermanentOptions.DEFAULT, Progress.SILENT);
        }
        assertThat(world.handler.find(SNAPSHOT).status()).isEqualTo(status);
    }

    @Test
    void whoIsKilledMeanwhileLeavesOneBuildOrNoneAndNothingOfBoth() {
        unpack(release(SNAPSHOT, " again"));
        Map<String, String> next = snapshot();
        world.handler.remove(ReleaseId.parse("shop/" + SNAPSHOT));
        unpack(release(SNAPSHOT, ""));
        Map<String, String> former = snapshot();
        Set<Map<String, String>> left = new HashSet<>();

        for (int writes = 0; dies(writes); writes++) {
            world.restart();
            Map<String, String> there = snapshot();
            assertThat(there).as(writes + " writes").isIn(former, next, Map.of());
            assertThat(world.handler.releases().stream()
                            .anyMatch(info -> info.release().id().toString().equals("shop/" + SNAPSHOT)))
                    .isEqualTo(!there.isEmpty());
            left.add(there);
            unpack(release(SNAPSHOT, ""));
        }

        assertThat(left).contains(former, next, Map.of());
        assertThat(snapshot()).isEqualTo(next);
    }

    /** Whether so many writes are too few for all of it. */
    private boolean dies(int writes) {
        world.disk.left.set(writes);
        try {
            unpack(release(SNAPSHOT, " again"));
            return false;
        } catch (RuntimeException e) {
            assertThat(e).hasCauseInstanceOf(Log.Killed.class);
            return true;
        } finally {
            world.disk.left.set(Integer.MAX_VALUE);
        }
    }

    @Test
    void aDiskThatTakesNoMoreLeavesOneBuildOrSaysThatNoneIsLeft() {
        unpack(release(SNAPSHOT, ""));
        Map<String, String> former = snapshot();
        Set<Boolean> both = new HashSet<>();

        for (int writes = 2; fails(writes); writes++) {
            both.add(snapshot().isEmpty());
            if (!snapshot().isEmpty()) {
                assertThat(snapshot()).isEqualTo(former);
            }
            unpack(release(SNAPSHOT, ""));
        }

        assertThat(both).containsExactlyInAnyOrder(true, false);
    }

    private boolean fails(int writes) {
        world.disk.room.set(writes);
        try {
            unpack(release(SNAPSHOT, " again"));
            return false;
        } catch (RefusedException e) {
            world.disk.room.set(Integer.MAX_VALUE);
            boolean known = world.handler.releases().stream()
                    .anyMatch(info -> info.release().id().toString().equals("shop/" + SNAPSHOT));
            if (known) {
                assertThat(e.getMessage()).doesNotContain("not known any more");
            } else {
                assertThat(e.getMessage()).contains("shop/" + SNAPSHOT + ": is not known any more", "unpack it again");
            }
            return true;
        } finally {
            world.disk.room.set(Integer.MAX_VALUE);
        }
    }

    /** What the store has of the snapshot. */
    private Map<String, String> snapshot() {
        Map<String, String> all = new TreeMap<>(world.store());
        all.keySet().removeIf(file -> !file.startsWith("shop-" + SNAPSHOT));
        return all;
    }

    private Report last() {
        List<Report> history = world.handler.history();
        return history.get(history.size() - 1);
    }
}
