// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.theseus.release.BundleSpec;
import io.theseus.release.Features;
import io.theseus.release.Release;
import io.theseus.release.ReleaseId;
import io.theseus.release.StartType;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.osgi.framework.Version;

class ReleaseFileTest {
    private static Release release(StartType type) {
        BundleSpec bundle = new BundleSpec(
                "ledger", new Version(1, 0, 0), "mvn:a/b/1", "0".repeat(64), 80, BundleSpec.Role.APPLICATION, type);
        return new Release(ReleaseId.parse("shop/1.0.0"), List.of(bundle));
    }

    @ParameterizedTest
    @EnumSource
    void aReleaseIsReadAsItWasWritten(StartType type) throws IOException {
        assertThat(ReleaseFile.read(ReleaseFile.print(release(type)))).isEqualTo(release(type));
    }

    @Test
    void whatWasWrittenBeforeThereWereTypesIsRequired() throws IOException {
        String written = ReleaseFile.print(release(StartType.LOADED));
        String before = written.replaceFirst(",\\s*\"type\"\\s*:\\s*\"loaded\"", "");

        assertThat(before).isNotEqualTo(written);
        assertThat(ReleaseFile.read(before)).isEqualTo(release(StartType.REQUIRED));
    }

    @Test
    void itsFeaturesAreReadAsTheyWereWritten() throws IOException {
        Release release = release(StartType.REQUIRED);
        Features features = new Features(
                "mvn:a/shop/1/xml/features",
                List.of("shop/1.0.0", "extras/1.0.0"),
                List.of("scr"),
                List.of(),
                Map.of("shop.prices", "tea = 250\ncake = 300"),
                Map.of("etc/shop.xml", "1".repeat(64), "${karaf.etc}/shop.cfg", "2".repeat(64)));
        Release ofFeatures = new Release(release.id(), release.bundles(), Optional.of(features));

        assertThat(ReleaseFile.read(ReleaseFile.print(ofFeatures))).isEqualTo(ofFeatures);
    }

    @Test
    void whatWasWrittenBeforeReleasesKnewTheirFeaturesHasNone() throws IOException {
        String written = ReleaseFile.print(release(StartType.REQUIRED));

        assertThat(written).doesNotContain("features");
        assertThat(ReleaseFile.read(written).features()).isEmpty();
    }

    @Test
    void featuresThatAreNoneAreRefused() {
        Release release = release(StartType.REQUIRED);
        Features features = new Features("mvn:a/shop/1/xml/features", List.of("shop/1.0.0"));
        String text = ReleaseFile.print(new Release(release.id(), release.bundles(), Optional.of(features)));

        assertThatThrownBy(() -> ReleaseFile.read(text.replace("\"shop/1.0.0\"", "")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aTypeThatIsNoneIsRefused() {
        String text = ReleaseFile.print(release(StartType.LOADED)).replace("\"loaded\"", "\"lodaed\"");

        assertThatThrownBy(() -> ReleaseFile.read(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
