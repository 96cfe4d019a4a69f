// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PlannerTest {
    @Test
    @Tag("slow-when-measured")
    void plansAThousandChainedApplications() {
        World world = new World();
        for (int i = 0; i < 1000; i++) {
            world.from.add("a" + i + " 1.0.0 stateful=a" + i + ".S");
            world.to.add("a" + i + " 2.0.0 stateful=a" + i + ".S");
            if (i > 0) {
                world.arrows.add("a" + (i - 1) + " -> a" + i);
            }
        }

        Script script = Planner.plan(world.planning()).script().orElseThrow();

        assertThat(script.instructions(Instruction.LoadObjectCode.class)
                        .findFirst()
                        .map(Instruction.LoadObjectCode::application))
                .contains("a999");
        assertThat(script.instructions(Instruction.CodeChange.class)
                        .map(c -> c.handovers().get(0).application()))
                .hasSize(1000)
                .startsWith("a0", "a1");
    }

    static Stream<Fixture> plans() {
        return Stream.of("plans.txt", "translation.txt").flatMap(f -> Fixture.all(f).stream());
    }

    @ParameterizedTest
    @MethodSource("plans")
    void plansAsTheFixtureShows(Fixture fixture) {
        assertThat(PlanFixtures.outcome(fixture)).isEqualTo(PlanFixtures.expected(fixture));
    }
}
