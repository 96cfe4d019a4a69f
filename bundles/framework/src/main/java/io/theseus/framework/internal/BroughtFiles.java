// SPDX-License-Identifier: Apache-2.0
package io.theseus.framework.internal;

import io.theseus.release.Features;
import io.theseus.release.Problem;
import io.theseus.release.RefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Files that features bring, in the folders of the container. Thread safety: none. */
final class BroughtFiles {
    private static final Logger LOG = LoggerFactory.getLogger(BroughtFiles.class);
    private static final String CODE = "configuration";
    /** Where a file goes that is not relative to the folder of the container. */
    private static final Pattern FOLDER = Pattern.compile("^\\$\\{(karaf\\.(?:etc|data))}/");

    private final Framework framework;

    BroughtFiles(Framework framework) {
        this.framework = framework;
    }

    boolean has(String place) {
        return Files.exists(file(place));
    }

    /** Before it is written. */
    BroughtFile of(String owner, String place, Path content) throws IOException {
        return BroughtFile.of(owner, file(place), Features.configured(place).isPresent(), content);
    }

    void bring(BroughtFile brought, Path content) throws IOException {
        brought.write(content);
        if (brought.configures()) {
            new ConfigurationReaders(framework).read(brought.file());
        }
    }

    void back(BroughtFile brought) {
        try {
            if (!brought.delete()) {
                LOG.info("{} stays: somebody has changed it since", brought.file());
            } else if (brought.configures()) {
                forget(ConfigurationFile.name(brought.file()));
            }
        } catch (IOException e) {
            throw refused(brought.what(), "can not be taken away: " + e);
        }
    }

    /** Whoever reads files would do so too, when he looks. */
    private void forget(String file) {
        framework.ask(ConfigurationAdmin.class, admin -> {
            try {
                Optional<Configuration> read = FrameworkConfigurations.find(admin, ConfigurationFile.NAME, file);
                if (read.isPresent()) {
                    read.get().delete();
                }
                return file;
            } catch (IOException e) {
                throw refused(file, "can not be forgotten: " + e);
            }
        });
    }

    private Path file(String place) {
        Matcher matcher = FOLDER.matcher(place);
        String folder = matcher.find() ? matcher.group(1) : "karaf.base";
        return framework
                .property(folder)
                .map(path -> Path.of(path).toAbsolutePath().resolve(matcher.replaceFirst("")))
                .orElseThrow(() -> refused(place, "has no place: there is no " + folder));
    }

    private static RefusedException refused(String what, String why) {
        return new RefusedException(Problem.of(CODE, what, why));
    }
}
