// SPDX-License-Identifier: Apache-2.0
package io.theseus.framework.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.theseus.port.Belongings;
import io.theseus.port.CodeServer;
import io.theseus.port.Components;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.osgi.framework.Bundle;

/** The bundle as it is delivered: what its manifest and component descriptions promise comes true. */
class OwnBundleTest {
    private static final Path CLASSES = Path.of("target/classes");

    @RegisterExtension
    private final FelixExtension felix = new FelixExtension();

    private Path jar() throws Exception {
        Path jar = felix.folder().resolve("framework.jar");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar));
                Stream<Path> files = Files.walk(CLASSES)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                zip.putNextEntry(new ZipEntry(CLASSES.relativize(file).toString()));
                Files.copy(file, zip);
            }
        }
        return jar;
    }

    @Test
    void registersThePortsAndCountsAsTheseusOwn() throws Exception {
        felix.startConfigurationAdmin();
        felix.startComponentRuntime();

        Bundle own = felix.context().installBundle(jar().toUri().toString());
        own.start();

        assertThat(felix.service(Belongings.class, own)).isNotNull();
        assertThat(felix.service(Components.class, own)).isNotNull();
        CodeServer server = felix.service(CodeServer.class, own);
        assertThat(server.snapshot().find("io.theseus.framework", own.getVersion()))
                .isPresent();
        assertThat(server.snapshot().callers().values()).noneMatch(users -> users.contains(own.getBundleId()));
    }
}
