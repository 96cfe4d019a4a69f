// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.theseus.release.InstallOptions;
import io.theseus.release.ReleaseId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrialFileTest {
    private static final ReleaseId ONE = ReleaseId.parse("shop/1.0.0");
    private static final ReleaseId TWO = ReleaseId.parse("shop/2.0.0");
    private static final InstallOptions OPTIONS = InstallOptions.DEFAULT
            .withBake(Duration.ofSeconds(30))
            .withRestartLimit(Duration.ofMinutes(3))
            .thenPermanent()
            .refreshing();

    @TempDir
    Path folder;

    private InstallOptions begun(String without) throws IOException {
        TrialFile trials = new TrialFile(folder, Disk.REAL);
        trials.write(new Trial(ONE, TWO, 3, "karaf", "", OPTIONS, List.of(), List.of(), false));
        Path file = folder.resolve("TRIAL");
        Files.writeString(file, Files.readString(file).replaceAll(without, ""));
        return trials.begin(ONE, TWO).orElseThrow().options();
    }

    @Test
    void theNextStartKnowsWhatTheInstallWasAskedFor() throws IOException {
        assertThat(begun("nothing")).isEqualTo(OPTIONS);
    }

    /** An install may have begun before Theseus itself was upgraded. */
    @Test
    void oneThatSaysNothingOfARefreshWasNotAskedForIt() throws IOException {
        assertThat(begun("\\s*\"refresh\"\\s*:\\s*true\\s*,").refresh()).isFalse();
    }
}
