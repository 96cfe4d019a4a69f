// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup;

import static org.assertj.core.api.Assertions.assertThat;

import io.theseus.release.Plan;
import io.theseus.release.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Applications that are the same in both releases and are installed a second time all the same. */
class AdoptedTest {
    private final World world = new World();

    AdoptedTest() {
        List<String> both = List.of("ledger 1.0.0 stateful=ledger.Accounts", "basket 1.0.0", "pricing 1.0.0");
        world.from.addAll(both);
        world.to.addAll(both);
        world.again.add("ledger");
    }

    private Plan plan() {
        return Planner.plan(world.planning()).plan();
    }

    @Test
    void theyHandTheirStateToThemselves() {
        assertThat(plan().applications()).singleElement().satisfies(row -> {
            assertThat(row.application()).isEqualTo("ledger");
            assertThat(row.how()).isEqualTo("update ledger.Accounts, load_bundle");
            assertThat(row.why()).startsWith("it is adopted: another copy of it comes under stable services");
        });
        assertThat(plan().problems()).isEmpty();
    }

    @Test
    void whoIsWiredToThemMovesToo() {
        world.arrows.add("basket => ledger");

        assertThat(plan().applications()).extracting(Plan.Row::application).containsExactly("ledger", "basket");
    }

    @Test
    void whoIsWiredToThemAndOfNoReleaseIsInTheWay() {
        world.outside.add("stranger 1.0.0");
        world.arrows.add("stranger => ledger");

        assertThat(plan().problems()).extracting(Problem::code).containsExactly("package-users");
    }
}
