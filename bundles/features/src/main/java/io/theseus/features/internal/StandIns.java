// SPDX-License-Identifier: Apache-2.0
package io.theseus.features.internal;

import static java.util.stream.Collectors.toCollection;

import io.theseus.release.Features;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * Features with nothing in them that take the place of features of the same names. Karaf can replace features in one operation, but not
 * install some and uninstall others: in between it would want both releases, or none.
 *
 * <p>Thread safety: used by one thread.
 */
final class StandIns {
    private static final String VERSION = "0.0.0.former";
    private final Path file;

    /** @param folder a folder that goes when Karaf loses what it knows */
    StandIns(Path folder) {
        this.file = folder.resolve(Features.WRITTEN);
    }

    /** Those with the names of these. */
    static Set<Requirement> of(Collection<Requirement> features) {
        return features.stream().map(StandIns::of).collect(toCollection(LinkedHashSet::new));
    }

    private static Requirement of(Requirement feature) {
        return Requirement.of(feature.name() + "/" + VERSION);
    }

    static boolean contain(Requirement feature) {
        return feature.equals(of(feature));
    }

    /** Writes a repository with them. @return its URL */
    URI write(Set<Requirement> standIns) throws IOException {
        StringBuilder text = new StringBuilder(
                "<features name='theseus-former' xmlns='http://karaf.apache.org/xmlns/features/v1.6.0'>\n");
        for (String name :
                new TreeSet<>(standIns.stream().map(Requirement::name).toList())) {
            text.append(String.format("  <feature name='%s' version='%s'/>\n", name, VERSION));
        }
        Files.createDirectories(file.getParent());
        Files.writeString(file, text.append("</features>\n"));
        return file.toUri();
    }
}
