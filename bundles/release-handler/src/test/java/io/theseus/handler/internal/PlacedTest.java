// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.theseus.release.RefusedException;
import io.theseus.release.ReleaseInfo;
import io.theseus.release.ReleaseStatus;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code set_unpacked}. */
class PlacedTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "mvn:org.acme/ledger/2.0.0,               ledger-2.0.0.jar",
        "mvn:org.acme/ledger/2.0.0/war,           ledger-2.0.0.war",
        "mvn:https://repo!org.acme/ledger/2.0.0,  ledger-2.0.0.jar",
        "mvn:org.acme/ledger/2.0.0/jar/linux,     ledger-2.0.0-linux.jar",
        "https://acme.org/x/ledger.jar?a=b/c,     ledger.jar",
        "file:ledger.jar,                         ledger.jar",
    })
    void aLocationHasTheNameOfItsFile(String location, String file) {
        assertThat(new Placed(folder).apply(location))
                .isEqualTo(folder.resolve(file).toUri().toString());
    }

    @ParameterizedTest
    @CsvSource({
        "mvn:org.acme/ledger/2.0.0,               org/acme/ledger/2.0.0/ledger-2.0.0.jar",
        "mvn:https://repo!org.acme/ledger/2.0.0,  org/acme/ledger/2.0.0/ledger-2.0.0.jar",
        "mvn:org.acme/ledger/2.0.0/jar/linux,     org/acme/ledger/2.0.0/ledger-2.0.0-linux.jar",
    })
    void aFolderMayBeLaidOutAsAMavenRepository(String location, String file) throws Exception {
        Files.createDirectories(folder.resolve(file).getParent());
        Files.writeString(folder.resolve(file), "ledger 2.0.0");

        assertThat(new Placed(folder).apply(location))
                .isEqualTo(folder.resolve(file).toUri().toString());
    }

    @Test
    void bundlesAreTakenFromTheFolderAndKeepTheirLocation() throws Exception {
        Path placed = Files.createDirectory(folder.resolve("placed"));
        Files.writeString(placed.resolve("ledger-2.0.0.jar"), "ledger 2.0.0");
        try (World world = new World(folder)) {
            URI file = world.file("shop-2", "release shop 2.0.0\nbundle mvn:org.acme/ledger/2.0.0");
            assertThatThrownBy(() -> world.handler.unpack(file)).isInstanceOf(RefusedException.class);

            ReleaseInfo info = world.handler.setUnpacked(file, placed);

            assertThat(info.status()).isEqualTo(ReleaseStatus.UNPACKED);
            assertThat(info.release().bundles())
                    .singleElement()
                    .satisfies(b -> assertThat(b.location()).isEqualTo("mvn:org.acme/ledger/2.0.0"));
            assertThat(world.store()).containsValue("ledger 2.0.0");
        }
    }

    @Test
    void aBundleThatIsNotThereIsNamedWithItsFile() {
        try (World world = new World(folder)) {
            URI file = world.file("shop-2", "release shop 2.0.0\nbundle mvn:org.acme/ledger/2.0.0");

            assertThatThrownBy(() -> world.handler.setUnpacked(file, folder))
                    .isInstanceOf(RefusedException.class)
                    .hasMessageContaining("ledger-2.0.0.jar can not be read: there is no such file");
        }
    }
}
