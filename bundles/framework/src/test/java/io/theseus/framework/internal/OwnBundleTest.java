// SPDX-License-Identifier: Apache-2.0
package io.theseus.framework.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.theseus.itests.made.MadeBundle;
import io.theseus.port.Belongings;
import io.theseus.port.CodeServer;
import io.theseus.port.Components;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Hashtable;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.osgi.framework.Bundle;
import org.osgi.service.cm.ConfigurationAdmin;

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

    @Test
    void theListOfItsConfigurationCountsAtOnceAndNothingStartsAnew() throws Exception {
        felix.startConfigurationAdmin();
        felix.startComponentRuntime();
        Bundle own = felix.context().installBundle(jar().toUri().toString());
        own.start();
        felix.install(MadeBundle.of("com.acme.http", "1.0.0"));
        CodeServer server = felix.service(CodeServer.class, own);
        assertThat(server.snapshot().sticky())
                .containsEntry("io.theseus.framework", "it is a part of Theseus")
                .doesNotContainKey("com.acme.http");

        felix.service(ConfigurationAdmin.class)
                .getConfiguration("io.theseus.framework", "?")
                .update(new Hashtable<>(Map.of("sticky", "com.acme.*")));

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(server.snapshot().sticky()).containsKey("com.acme.http"));
        assertThat(felix.service(CodeServer.class, own)).isSameAs(server);
    }
}
