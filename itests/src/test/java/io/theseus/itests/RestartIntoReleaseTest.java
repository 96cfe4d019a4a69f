// SPDX-License-Identifier: Apache-2.0
package io.theseus.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code restart_new_container}: the container comes up in the release, or back in the permanent one. */
class RestartIntoReleaseTest {
    private static final String COMPONENT = """
            <scr:component xmlns:scr="http://www.osgi.org/xmlns/scr/v1.3.0" name="sick.Component">
              <implementation class="java.lang.Object"/>
              <service><provide interface="java.util.function.LongSupplier"/></service>
              <reference name="cure" interface="java.util.function.Supplier" target="(kind=cure)"/>
            </scr:component>
            """;

    @TempDir
    Path folder;

    private KarafProcess karaf;
    private Shop shop;
    private Path script;

    @BeforeEach
    void runTheFirstRelease() throws IOException {
        script = Files.writeString(folder.resolve("restart.yaml"), "- restart_new_container\n- point_of_no_return\n");
        karaf = KarafProcess.unpack(Built.theseus(), folder.resolve("karaf"), Built.repositories());
        karaf.start();
        shop = Shop.unpack(karaf);
        karaf.run("release:unpack " + sick().toUri());
        karaf.run("release:install --permanent shop/1.0.0");
    }

    @AfterEach
    void stop() {
        karaf.close();
    }

    @Test
    void comesUpInTheReleaseOrGoesBack() throws Exception {
        restartInto("shop/2.0.0", "");
        karaf.start();
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(karaf.run("release:list")).containsPattern("shop/2.0.0 +. current"));
        shop.awaitAnswerOf("2.0.0");
        karaf.run("release:make-permanent shop/2.0.0");

        restartInto("sick/1.0.0", "");
        karaf.launch();
        await().pollInterval(Duration.ofMillis(50))
                .atMost(Duration.ofSeconds(60))
                .until(() -> journal().contains("start sick 1.0.0"));
        karaf.kill();
        karaf.start();
        shop.awaitAnswerOf("2.0.0");
        assertThat(karaf.run("release:history")).containsPattern("trial .*interrupted");

        restartInto("sick/1.0.0", "--restart-limit 20s ");
        karaf.launch();
        ended();
        karaf.start();
        shop.awaitAnswerOf("2.0.0");
        assertThat(karaf.run("release:history")).containsPattern("trial .*undone");
        assertThat(karaf.run("release:list")).containsPattern("sick/1.0.0 +. unpacked");
    }

    private void restartInto(String release, String options) {
        // The shell may lose its connection before it has read everything.
        karaf.attempt("release:eval " + options + script.toUri() + " --to " + release);
        ended();
    }

    private String journal() throws IOException {
        return Files.readString(karaf.distribution().home().resolve("releases/journal.jsonl"));
    }

    private void ended() {
        await().atMost(Duration.ofSeconds(60)).until(() -> !karaf.alive());
    }

    /** The bundles of the first release, and one whose component waits for a service that nobody has. */
    private Path sick() throws IOException {
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.putValue("Bundle-ManifestVersion", "2");
        main.putValue("Bundle-SymbolicName", "sick");
        main.putValue("Bundle-Version", "1.0.0");
        main.putValue("Service-Component", "OSGI-INF/sick.xml");
        try (OutputStream file = Files.newOutputStream(folder.resolve("sick.jar"));
                JarOutputStream jar = new JarOutputStream(file, manifest)) {
            jar.putNextEntry(new ZipEntry("OSGI-INF/sick.xml"));
            jar.write(COMPONENT.getBytes(StandardCharsets.UTF_8));
        }
        return Files.writeString(folder.resolve("sick.yaml"), """
                release: sick
                version: 1.0.0
                bundles:
                  - sick.jar
                """);
    }
}
