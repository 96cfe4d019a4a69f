// SPDX-License-Identifier: Apache-2.0
package io.theseus.itests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Where a container keeps the contents of its bundles. */
final class BundleCache {
    private BundleCache() {}

    /**
     * With the folder of each one's content, which is another after an update in place.
     *
     * @param bundles lines of {@code bundle:list}
     */
    static List<String> contents(KarafProcess karaf, List<String> bundles) throws IOException {
        List<String> result = new ArrayList<>();
        for (String line : bundles) {
            Path cache = karaf.distribution()
                    .home()
                    .resolve("data/cache/bundle" + line.strip().split("\\D", 2)[0]);
            try (Stream<Path> contents = Files.list(cache)) {
                contents.filter(each -> each.getFileName().toString().startsWith("version"))
                        .forEach(each -> result.add(line + " " + each.getFileName()));
            }
        }
        return result;
    }
}
