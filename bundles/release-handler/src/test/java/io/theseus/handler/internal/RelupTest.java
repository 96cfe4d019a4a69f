// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.theseus.release.InstallOptions;
import io.theseus.release.Progress;
import io.theseus.release.RefusedException;
import io.theseus.release.ReleaseId;
import io.theseus.release.Report.Outcome;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A release that brings its scripts. */
class RelupTest {
    private static final String RELUP = """
            release: shop
            version: 2.0.0
            up:
              - from: 1.0.0
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
                  - apply: {application: pricing, action: unround, direction: down}
            """;

    @TempDir
    Path folder;

    private World world;
    private ReleaseId one;
    private final List<String> done = new ArrayList<>();

    @BeforeEach
    void open() {
        world = new World(folder);
        one = world.running("1.0.0", "pricing 1.0.0");
        for (String action : List.of("round", "unround")) {
            world.components.actions.put(action, (change, args) -> {
                done.add(action);
                return () -> {};
            });
        }
    }

    @AfterEach
    void close() {
        world.close();
    }

    private ReleaseId unpack(String relup) {
        String release = "release shop 2.0.0\nbundle " + world.bundle("pricing 2.0.0") + "\nrelup "
                + world.file("relup.yaml", relup);
        return world.handler.unpack(world.file("shop-2.0.0", release)).release().id();
    }

    @Test
    void itsScriptsAreRunUpAndDown() {
        ReleaseId two = unpack(RELUP);

        assertThat(world.handler
                        .install(two, InstallOptions.DEFAULT.thenPermanent(), Progress.SILENT)
                        .outcome())
                .isEqualTo(Outcome.DONE);
        assertThat(done).containsExactly("round");

        world.handler.install(one, InstallOptions.DEFAULT, Progress.SILENT);
        assertThat(done).containsExactly("round", "unround");
    }

    @Test
    void theyAreThereAfterARestart() {
        ReleaseId two = unpack(RELUP);
        world.restart();

        world.handler.install(two, InstallOptions.DEFAULT, Progress.SILENT);

        assertThat(done).containsExactly("round");
    }

    @Test
    void theScriptsOfAnotherReleaseAreRefusedAndNothingIsStored() {
        Map<String, String> before = world.store();

        assertThatThrownBy(() -> unpack(RELUP.replace("version: 2.0.0\nup", "version: 3.0.0\nup")))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("the relup is for release shop/3.0.0, this is shop/2.0.0");
        assertThat(world.store()).isEqualTo(before);
    }

    @Test
    void aMisspeltScriptIsRefusedWhenItIsUnpacked() {
        Map<String, String> before = world.store();

        assertThatThrownBy(() -> unpack(RELUP.replace("load: [pricing]", "laod: [pricing]")))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("relup.yaml:8:")
                .hasMessageContaining("did you mean 'load'?");
        assertThat(world.store()).isEqualTo(before);
    }
}
