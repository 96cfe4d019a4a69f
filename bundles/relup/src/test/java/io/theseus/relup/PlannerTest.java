// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PlannerTest {
    static List<Fixture> plans() {
        return Fixture.all("plans.txt");
    }

    @ParameterizedTest
    @MethodSource("plans")
    void plansAsTheFixtureShows(Fixture fixture) {
        Planned planned = Planner.plan(PlanFixtures.world(fixture).planning());

        assertThat(PlanFixtures.problems(planned.plan().problems())).isEqualTo(fixture.section("problems"));
        assertThat(PlanFixtures.script(planned)).isEqualTo(fixture.section("script"));
        assertThat(PlanFixtures.rows(planned.plan())).isEqualTo(fixture.section("rows"));
        assertThat(PlanFixtures.notes(planned.plan())).isEqualTo(fixture.section("notes"));
    }
}
