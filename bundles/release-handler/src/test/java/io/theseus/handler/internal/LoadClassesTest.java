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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the old version had loaded is loaded in the new one before callers come. */
class LoadClassesTest {
    @TempDir
    Path folder;

    private final List<String> loaded = new ArrayList<>();
    private World world;
    private ReleaseId two;

    @BeforeEach
    void open() {
        world = new World(folder);
        world.running("1.0.0", "ledger 1.0.0", "pricing 1.0.0", "journal 1.0.0");
        two = world.unpack("2.0.0", "ledger 2.0.0", "pricing 2.0.0", "journal 1.0.0", "basket 2.0.0");
    }

    @AfterEach
    void close() {
        world.close();
    }

    private Outcome install() {
        return world.handler
                .install(two, InstallOptions.DEFAULT, Progress.SILENT)
                .outcome();
    }

    @Test
    void whenAllHasStartedAndBeforeAnythingIsWarm() {
        int mark = world.log.mark();
        world.code.loading = what -> {
            List<String> before = world.log.since(mark);
            loaded.add(before.get(before.size() - 1) + ": " + what);
            return 1;
        };

        assertThat(install()).isEqualTo(Outcome.DONE);

        assertThat(loaded)
                .containsExactly(
                        "start basket 2.0.0: ledger 2.0.0 like ledger 1.0.0",
                        "start basket 2.0.0: pricing 2.0.0 like pricing 1.0.0");
    }

    @Test
    void aFailureIsOneAsAnyOtherBeforeAnythingHasChanged() {
        world.code.loading = what -> {
            throw new IllegalStateException("no room for " + what);
        };

        assertThatThrownBy(this::install)
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("no room for ledger 2.0.0 like ledger 1.0.0");

        assertThat(world.code.bundles.values())
                .extracting(Object::toString)
                .containsExactlyInAnyOrder("ledger 1.0.0", "pricing 1.0.0", "journal 1.0.0");
    }
}
