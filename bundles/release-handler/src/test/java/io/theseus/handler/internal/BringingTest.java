// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.theseus.release.InstallOptions;
import io.theseus.release.PermanentOptions;
import io.theseus.release.Progress;
import io.theseus.release.RefusedException;
import io.theseus.release.ReleaseId;
import io.theseus.release.Report.Outcome;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the features of a release bring besides bundles comes and goes with it. */
class BringingTest {
    private static final Map<String, Object> BROUGHT = Map.of("text", "tea=250");

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
                                + world.bundle("ledger 2.0.0")))
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
        assertThat(world.log.since(mark)).containsSubsequence("configure prices " + BROUGHT, "start ledger 2.0.0");

        world.handler.makePermanent(two, PermanentOptions.DEFAULT, Progress.SILENT);
        world.restart();
        assertThat(world.configurations.all).containsEntry("prices", BROUGHT);
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

        assertThat(installed()).isEqualTo(Outcome.DONE);

        assertThat(world.configurations.all).containsEntry("prices", Map.of("tea", 300));
    }

    @Test
    void oneThatWouldCostAStateIsRefused() {
        world.components.renewing = "prices";

        assertThatThrownBy(() -> world.handler.check(two, Progress.SILENT))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        e -> assertThat(e.problems()).singleElement().satisfies(problem -> {
                            assertThat(problem.code()).isEqualTo("config-loses-state");
                            assertThat(problem.where()).contains("ledger.Accounts");
                        }));
        assertThat(world.configurations.all).isEmpty();
    }

    @Test
    void conditionsAreDecidedByTheFeaturesThatTheContainerHasAndTold() {
        assertThat(world.journal())
                .anyMatch(line -> line.contains("scr/1.0.0 false"))
                .anyMatch(line -> line.contains("shop/1.0.0 true"));
    }
}
