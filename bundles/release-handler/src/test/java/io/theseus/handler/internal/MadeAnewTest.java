// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.theseus.release.InstallOptions;
import io.theseus.release.Progress;
import io.theseus.release.Release;
import io.theseus.release.ReleaseId;
import io.theseus.release.Report.Outcome;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is made when it is read is the same one as long as nothing but the time differs. */
class MadeAnewTest {
    private static final String HANDLERS = "java.protocol.handler.pkgs";

    @TempDir
    Path folder;

    private World world;

    @BeforeEach
    void open() {
        System.setProperty(HANDLERS, "io.theseus.handler.protocols");
        world = new World(folder);
    }

    @AfterEach
    void close() {
        world.close();
        System.clearProperty(HANDLERS);
    }

    private Release unpacked(String version, URI bundle) {
        return world.handler
                .unpack(world.file("r" + version, "release shop " + version + "\nbundle wrap:" + bundle))
                .release();
    }

    @Test
    void twoReleasesHaveTheSameOne() throws Exception {
        URI bundle = world.bundle("ledger 1.0.0");
        Release one = unpacked("1.0.0", bundle);
        Release two = unpacked("2.0.0", bundle);

        assertThat(two.bundles()).isEqualTo(one.bundles());
        try (Stream<Path> files = Files.list(folder.resolve("releases/bundles"))) {
            assertThat(files).hasSize(1);
        }
        assertThat(installed(one.id())).isEqualTo(Outcome.DONE);
        world.handler.rollback(false, Progress.SILENT);
        world.handler.remove(one.id());
        assertThat(installed(two.id())).isEqualTo(Outcome.DONE);
    }

    @Test
    void otherContentIsAnotherBuild() {
        Release one = unpacked("1.0.0", world.file("ledger.jar", "ledger 1.0.0"));
        Release two = unpacked("2.0.0", world.file("ledger.jar", "ledger 1.0.1"));
        Release three = unpacked("3.0.0", world.file("ledger.jar", "ledger 1.0.0"));

        assertThat(two.bundles()).isNotEqualTo(one.bundles());
        assertThat(three.bundles()).isEqualTo(one.bundles());
    }

    private Outcome installed(ReleaseId id) {
        return world.handler
                .install(id, InstallOptions.DEFAULT, Progress.SILENT)
                .outcome();
    }
}
