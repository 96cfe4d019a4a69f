// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup;

import static org.assertj.core.api.Assertions.assertThat;

import io.theseus.release.Plan;
import io.theseus.release.Plan.Brought;
import io.theseus.release.Problem;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A plan says what its release brings besides bundles. */
class BringsTest {
    private final World world = new World();

    @BeforeEach
    void releases() {
        world.from.add("pricing 1.0.0");
        world.to.add("pricing 2.0.0");
    }

    private static Brought configuration(String pid, boolean there) {
        return new Brought(Brought.Kind.CONFIGURATION, pid, there);
    }

    private static Brought file(String place, boolean there) {
        return new Brought(Brought.Kind.FILE, place, there);
    }

    private Plan plan() {
        return Planner.plan(world.planning()).plan();
    }

    @Test
    void whatComesAndWhatIsThereInTheOrderOfAnInstall() {
        world.brings.addAll(List.of("etc/shop.xml", "!${karaf.etc}/jetty.xml", "rates-eu", "!rates~us", "pool"));

        assertThat(plan().brings())
                .containsExactly(
                        configuration("pool", false),
                        configuration("rates~eu", false),
                        configuration("rates~us", true),
                        file("${karaf.etc}/jetty.xml", true),
                        file("etc/shop.xml", false));
        assertThat(plan().problems()).isEmpty();
    }

    @Test
    void aConfigurationComesWithItsFile() {
        world.brings.addAll(List.of("pool", "etc/pool.cfg"));

        assertThat(plan().brings()).containsExactly(configuration("pool", false), file("etc/pool.cfg", true));
        assertThat(plan().problems()).isEmpty();
    }

    @Test
    void aFileThatWouldChangeAConfigurationIsRefused() {
        world.brings.addAll(List.of("!pool", "etc/pool.cfg"));

        Planned planned = Planner.plan(world.planning());

        assertThat(planned.plan().problems()).extracting(Problem::code).containsExactly("configuration");
        assertThat(planned.plan().problems().get(0).where()).isEqualTo("etc/pool.cfg");
        assertThat(planned.script()).isEmpty();
        assertThat(planned.plan().script()).isEmpty();
    }

    @Test
    void aScriptThatIsWrittenBringsTheSame() {
        world.brings.add("pool");
        world.relups.add(RelupReader.read("shop/2.0.0/relup.yaml", """
                release: shop
                version: 2.0.0
                up:
                  - from: 1.0.0
                    do:
                      - load_object_code: {application: pricing, version: 2.0.0}
                      - point_of_no_return
                      - load: [pricing]
                """));

        Planned planned = Planner.plan(world.planning());

        assertThat(planned.plan().brings()).containsExactly(configuration("pool", false));
        assertThat(planned.script()).isPresent();
    }
}
