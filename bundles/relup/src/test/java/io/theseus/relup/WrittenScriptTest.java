// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup;

import static org.assertj.core.api.Assertions.assertThat;

import io.theseus.release.Plan;
import io.theseus.release.Problem;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A script that stands in a relup of one of the two releases is the plan, if it fits. */
class WrittenScriptTest {
    private static final String RELUP = """
            release: shop
            version: 2.0.0
            up:
              - from: 1.0.0
                description: prices are rounded
                do:
                  - load_object_code: {application: pricing, version: 2.0.0}
                  - point_of_no_return
                  - load: [pricing]
                  - apply: {application: pricing, action: round}
            down:
              - to: 1.0.0
                do:
                  - load_object_code: {application: pricing, version: 1.0.0}
                  - point_of_no_return
                  - load: [pricing]
                  - set_config: {pid: rounding, properties: {digits: 2}}
            """;
    private final World world = new World();

    @BeforeEach
    void releases() {
        world.from.add("pricing 1.0.0");
        world.to.add("pricing 2.0.0");
    }

    private Planned plan(String relup) {
        world.relups.add(RelupReader.read("shop/2.0.0/relup.yaml", relup));
        return Planner.plan(world.planning());
    }

    private static List<String> instructions(Planned planned) {
        return planned.plan().script().stream().map(Plan.Step::instruction).toList();
    }

    @Test
    void theWayUpIsThatOfTheNewRelease() {
        Planned planned = plan(RELUP);

        assertThat(planned.plan().problems()).isEmpty();
        assertThat(instructions(planned)).last().asString().contains("round");
        assertThat(planned.plan().script())
                .extracting(Plan.Step::from)
                .first()
                .asString()
                .startsWith("shop/2.0.0/relup.yaml:7");
        assertThat(planned.plan().applications())
                .containsExactly(
                        new Plan.Row("pricing", "1.0.0", "2.0.0", "as written", "relup", "prices are rounded"));
        assertThat(planned.plan().notes()).singleElement().asString().contains("shop/2.0.0/relup.yaml");
        assertThat(planned.script()).isPresent();
    }

    @Test
    void theWayDownIsThatOfTheReleaseThatIsLeft() {
        world.from.set(0, "pricing 2.0.0");
        world.to.set(0, "pricing 1.0.0");
        world.fromId = "shop/2.0.0";
        world.toId = "shop/1.0.0";

        assertThat(instructions(plan(RELUP))).last().asString().contains("rounding");
    }

    @Test
    void fromAVersionThatTheRelupDoesNotNameTheScriptIsGenerated() {
        Planned planned = plan(RELUP.replace("from: 1.0.0", "from: 1.5.0"));

        assertThat(instructions(planned)).noneMatch(i -> i.contains("round"));
        assertThat(planned.plan().applications()).extracting(Plan.Row::origin).containsExactly("generated");
    }

    @Test
    void aReleaseOfAnotherNameHasNoScriptInIt() {
        world.fromId = "container/1.0.0";

        assertThat(plan(RELUP).plan().applications())
                .extracting(Plan.Row::origin)
                .containsExactly("generated");
    }

    @Test
    void aScriptThatDoesNotFitIsAProblemAndNothingIsGeneratedInItsPlace() {
        world.to.add("tax 1.0.0");

        Planned planned = plan(RELUP);

        assertThat(planned.script()).isEmpty();
        assertThat(planned.plan().script()).isEmpty();
        assertThat(planned.plan().problems())
                .extracting(Problem::text)
                .containsExactly("tax 1.0.0 is in the release and the script does not load it");
    }
}
