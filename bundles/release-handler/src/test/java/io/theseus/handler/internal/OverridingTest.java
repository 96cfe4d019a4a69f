// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.theseus.port.FeatureRules;
import io.theseus.release.BundleSpec;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A release has what Karaf's own rules make of its features. */
class OverridingTest {
    @TempDir
    Path folder;

    private World world;

    @BeforeEach
    void open() {
        world = new World(folder);
    }

    @AfterEach
    void close() {
        world.close();
    }

    private BundleSpec unpacked(URI comes, URI written) {
        return world.handler
                .unpack(world.file(
                        "two",
                        "release shop 2.0.0\ninstead " + comes + " " + written + "\nbundle " + comes + " OPTIONAL"))
                .release()
                .bundles()
                .get(0);
    }

    @Test
    void aLaterVersionComesInPlaceOfTheOneThatIsWritten() {
        URI comes = world.bundle("ledger 2.0.1");
        BundleSpec bundle = unpacked(comes, world.bundle("ledger 2.0.0"));

        assertThat(bundle).hasToString("ledger 2.0.1");
        assertThat(bundle.location()).isEqualTo(comes.toString());
        assertThat(world.journal()).noneMatch(line -> line.contains("karaf-rule"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ledger 2.0.0", "ledger 1.9.0", "pricing 3.0.0"})
    void whatIsNoLaterVersionDoesNot(String comes) {
        URI written = world.bundle("ledger 2.0.0");
        BundleSpec bundle = unpacked(world.file("comes.jar", comes), written);

        assertThat(bundle).hasToString("ledger 2.0.0");
        assertThat(bundle.location()).isEqualTo(written.toString());
        assertThat(bundle.type()).hasToString("OPTIONAL");
        assertThat(world.journal())
                .anyMatch(line -> line.contains("karaf-rule") && line.contains("comes.jar is no later version"));
    }

    @Test
    void whatKarafsRulesMakeOfARepositoryIsTold() {
        world.requirements.rules = new FeatureRules(true, List.of());
        world.unpack("2.0.0", "ledger 2.0.0");

        assertThat(world.journal()).anyMatch(line -> line.contains("karaf-rule") && line.contains("barred"));
    }
}
