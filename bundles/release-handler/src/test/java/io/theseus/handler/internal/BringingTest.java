// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.theseus.api.Direction;
import io.theseus.port.Configurations.Others;
import io.theseus.release.ApplicationChange;
import io.theseus.release.InstallOptions;
import io.theseus.release.PermanentOptions;
import io.theseus.release.Problem;
import io.theseus.release.Progress;
import io.theseus.release.RefusedException;
import io.theseus.release.ReleaseId;
import io.theseus.release.ReleaseStatus;
import io.theseus.release.Report.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the features of a release bring besides bundles comes and goes with it. */
class BringingTest {
    private static final Map<String, Object> BROUGHT = Map.of("text", "tea=250");
    private static final Map<String, Object> FILE = Map.of("text", "<shop/>");

    @TempDir
    Path folder;

    private World world;
    private ReleaseId two;

    @BeforeEach
    void open() {
        world = new World(folder);
        world.deciding.stateful.put("ledger", "ledger.Accounts");
        world.running("1.0.0", "ledger 1.0.0");
        two = world.handler
                .unpack(world.file(
                        "two",
                        "release shop 2.0.0\ncondition scr/1.0.0\ncondition shop/1.0.0\nconfig prices tea=250\nbundle "
                                + world.bundle("ledger 2.0.0")
                                + "\nfile etc/shop.xml " + world.file("shop.xml", "<shop/>")
                                + "\nfile etc/labels.cfg " + world.file("labels.cfg", "tea=Tee")))
                .release()
                .id();
    }

    @AfterEach
    void close() {
        world.close();
    }

    private Outcome installed() {
        return world.handler
                .install(two, InstallOptions.DEFAULT, Progress.SILENT)
                .outcome();
    }

    @Test
    void aConfigurationIsThereBeforeAnythingOfTheReleaseStartsAndStaysWithIt() {
        int mark = world.log.mark();

        assertThat(installed()).isEqualTo(Outcome.DONE);
        assertThat(world.log.since(mark))
                .containsSubsequence(
                        "configure prices " + BROUGHT,
                        "configure etc/labels.cfg {text=tea=Tee}",
                        "configure etc/shop.xml " + FILE,
                        "start ledger 2.0.0");

        world.handler.makePermanent(two, PermanentOptions.DEFAULT, Progress.SILENT);
        world.restart();
        assertThat(world.configurations.all).containsEntry("prices", BROUGHT).containsEntry("etc/shop.xml", FILE);
    }

    @Test
    void aRollbackTakesItAway() {
        installed();
        world.handler.rollback(false, Progress.SILENT);

        assertThat(world.configurations.all).isEmpty();
    }

    @Test
    void aCheckTakesItAway() {
        world.handler.check(two, Progress.SILENT);

        assertThat(world.configurations.all).isEmpty();
    }

    @Test
    void aKillTakesItAway() {
        installed();
        world.restart();

        assertThat(world.configurations.all).isEmpty();
    }

    @Test
    void oneThatIsThereStaysAsItIs() {
        world.configurations.all.put("prices", Map.of("tea", 300));
        world.configurations.all.put("etc/shop.xml", Map.of("text", "mine"));

        assertThat(installed()).isEqualTo(Outcome.DONE);

        assertThat(world.configurations.all)
                .containsEntry("prices", Map.of("tea", 300))
                .containsEntry("etc/shop.xml", Map.of("text", "mine"));
    }

    @Test
    void aPlanIsToldWhatIsThere() {
        world.configurations.all.put("prices", Map.of("tea", 300));
        world.configurations.all.put("etc/shop.xml", Map.of("text", "mine"));
        world.configurations.all.put("labels", Map.of("tea", "th\u00e9"));
        world.deciding.plannings.clear();

        world.handler.plan(two);

        assertThat(world.deciding.plannings)
                .singleElement()
                .satisfies(planning ->
                        assertThat(planning.there()).containsExactlyInAnyOrder("prices", "etc/shop.xml", "labels"));
    }

    /** Else a rollback would hand no state back, or be refused, for the sake of a file that somebody took away. */
    @Test
    void onTheWayBackNothingIsBrought() {
        installed();
        world.handler.makePermanent(two, PermanentOptions.DEFAULT, Progress.SILENT);
        world.configurations.all.clear();
        ReleaseId three = world.handler
                .unpack(world.file("three", "release shop 3.0.0\nbundle " + world.bundle("ledger 3.0.0")))
                .release()
                .id();
        world.deciding.plannings.clear();

        world.handler.install(three, InstallOptions.DEFAULT, Progress.SILENT);
        world.handler.rollback(false, Progress.SILENT);

        assertThat(world.deciding.plannings)
                .filteredOn(planning -> planning.to().id().equals(two))
                .isNotEmpty()
                .allSatisfy(planning -> assertThat(planning.there()).contains("prices", "etc/shop.xml"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"prices", "labels"})
    void oneThatWouldCostAStateIsRefused(String pid) {
        world.components.renewing = pid;

        Problem problem = refusal();

        assertThat(problem.code()).isEqualTo("config-loses-state");
        assertThat(problem.where()).contains("ledger.Accounts");
        assertThat(world.configurations.all).isEmpty();
    }

    /** Karaf would write the file once the release is permanent, and change what is configured. */
    @Test
    void aFileThatWouldChangeAConfigurationIsRefused() {
        world.configurations.all.put("labels", Map.of("tea", "th\u00e9"));

        Problem problem = refusal();

        assertThat(problem.code()).isEqualTo("configuration");
        assertThat(problem.toString()).contains("etc/labels.cfg").contains("the configuration labels");
        assertThat(world.configurations.all).containsOnlyKeys("labels");
    }

    @Test
    void aFileThatWasChangedInTheStoreIsNotBrought() throws IOException {
        for (Path file : world.files()) {
            Files.writeString(file, "other");
        }

        assertThat(refusal().code()).isEqualTo("store");
        assertThat(world.configurations.all).isEmpty();
    }

    @Test
    void filesAreInTheStoreAsLongAsAReleaseBringsThem() throws IOException {
        assertThat(world.files()).hasSize(2);
        world.handler.remove(two);
        assertThat(world.files()).isEmpty();
    }

    @Test
    void aReleaseThatIsDerivedBringsThemToo() throws IOException {
        installed();
        world.handler.makePermanent(two, PermanentOptions.DEFAULT, Progress.SILENT);
        ReleaseId derived = world.handler
                .change(
                        List.of(new ApplicationChange.Replace(Direction.UP, "ledger", world.bundle("ledger 3.0.0"))),
                        InstallOptions.DEFAULT,
                        Progress.SILENT)
                .to();
        world.handler.makePermanent(derived, PermanentOptions.DEFAULT, Progress.SILENT);
        world.handler.remove(two);

        assertThat(world.files()).hasSize(2);
        assertThat(world.store().get(derived.name() + "-" + derived.version() + "/theseus-features.xml"))
                .contains("<configfile finalname='etc/shop.xml'>file:");
    }

    private Problem refusal() {
        return catchThrowableOfType(RefusedException.class, () -> world.handler.check(two, Progress.SILENT))
                .problems()
                .get(0);
    }

    @Test
    void conditionsAreDecidedByTheFeaturesThatTheContainerHasAndTold() {
        assertThat(world.journal())
                .anyMatch(line -> line.contains("scr/1.0.0 false"))
                .anyMatch(line -> line.contains("shop/1.0.0 true"));
    }

    @Test
    void aConfigurationThatKarafWouldWriteOverIsRefusedBeforeAnythingChanges() {
        world.configurations.change("somebody", "prices", Map.of("tea", 300), Others.GO);
        world.configurations.overlooked.add("prices");
        int mark = world.log.mark();

        assertThatThrownBy(this::installed).isInstanceOfSatisfying(RefusedException.class, refused -> {
            assertThat(refused.problems()).extracting(Problem::where).containsExactly("prices");
            assertThat(refused.getMessage()).contains("org.apache.karaf.features.configKey = prices");
        });
        assertThat(world.log.since(mark)).noneMatch(line -> line.startsWith("configure"));
        assertThat(world.handler.find("2.0.0").status()).isEqualTo(ReleaseStatus.UNPACKED);
    }
}
