// SPDX-License-Identifier: Apache-2.0
package io.theseus.itests;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Where this build put what the tests need; the failsafe configuration says it. */
final class Built {
    private Built() {}

    static Path stockKaraf() {
        return Path.of(System.getProperty("theseus.distributions"), "apache-karaf.tar.gz");
    }

    static Path theseus() {
        return Path.of(System.getProperty("theseus.distributions"), "theseus-karaf.tar.gz");
    }

    /** Folders of Maven layout: the Theseus features, and what the release files of the tests name. */
    static List<Path> repositories() {
        return Arrays.stream(System.getProperty("theseus.repositories").split(","))
                .map(Path::of)
                .map(Path::toAbsolutePath)
                .map(Path::normalize)
                .toList();
    }

    /** What a stock Karaf would fetch for its own features, and the Theseus distribution has in it. */
    static Path system() {
        return Path.of(System.getProperty("theseus.system")).toAbsolutePath().normalize();
    }

    static String version() {
        return System.getProperty("theseus.version");
    }
}
