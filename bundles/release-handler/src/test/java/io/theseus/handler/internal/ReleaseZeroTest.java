// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.theseus.api.Direction;
import io.theseus.handler.internal.store.Disk;
import io.theseus.port.Snapshot.Installed;
import io.theseus.release.ApplicationChange;
import io.theseus.release.BundleSpec;
import io.theseus.release.InstallOptions;
import io.theseus.release.PermanentOptions;
import io.theseus.release.Progress;
import io.theseus.release.ReleaseInfo;
import io.theseus.release.ReleaseStatus;
import io.theseus.release.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Version;

class ReleaseZeroTest {
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

    @Test
    void aContainerThatNeverInstalledOneHasAnEmptyRelease() {
        assertThat(world.handler.releases()).singleElement().satisfies(info -> {
            assertThat(info.release().id()).hasToString("container/0.0.0");
            assertThat(info.release().bundles()).isEmpty();
            assertThat(info.status()).isEqualTo(ReleaseStatus.PERMANENT);
        });
    }

    @Test
    void whatRunsIsRecordedWithItsBytesWhereTheyCanBeRead() throws Exception {
        findRunning();

        ReleaseInfo zero = world.handler.find("0.0.0");
        BundleSpec ledger = zero.release().bundle("ledger").orElseThrow();
        assertThat(Files.readString(folder.resolve("releases/bundles/" + ledger.sha256() + ".jar")))
                .isEqualTo("ledger 1.0.0");
        assertThat(zero.release().bundle("pricing").orElseThrow().sha256()).isEmpty();
        assertThat(world.switchboard.declared).containsExactlyInAnyOrder("ledger", "pricing");
        assertThat(world.code.active()).hasSize(2);
    }

    /** Whose features they are is Karaf's business, or nobody's. */
    @Test
    void karafIsToldNothingOfWhatRanBefore() throws Exception {
        findRunning();

        Report upgraded = world.handler.change(
                List.of(new ApplicationChange.Replace(Direction.UP, "ledger", world.bundle("ledger 2.0.0"))),
                InstallOptions.DEFAULT,
                Progress.SILENT);
        world.handler.makePermanent(upgraded.to(), PermanentOptions.DEFAULT, Progress.SILENT);

        assertThat(world.handler.find(upgraded.to().toString()).status()).isEqualTo(ReleaseStatus.PERMANENT);
        assertThat(world.requirements.required()).isEmpty();
    }

    /** Two applications run when Theseus comes. */
    private void findRunning() throws IOException {
        world.close();
        Disk.delete(folder.resolve("releases"));
        world.code.bundles.put(
                1L, installed(1, "ledger", world.bundle("ledger 1.0.0").toString()));
        world.code.bundles.put(2L, installed(2, "pricing", "gone:pricing"));
        world.restart();
    }

    private static Installed installed(long id, String name, String location) {
        return new Installed(
                id, name, Version.parseVersion("1.0.0"), location, true, true, 80, false, Set.of(), true, false);
    }
}
