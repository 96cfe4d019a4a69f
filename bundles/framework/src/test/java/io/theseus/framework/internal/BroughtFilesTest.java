// SPDX-License-Identifier: Apache-2.0
package io.theseus.framework.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.theseus.release.RefusedException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Hashtable;
import java.util.Map;
import org.apache.felix.fileinstall.ArtifactInstaller;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationEvent;
import org.osgi.service.cm.ConfigurationListener;

class BroughtFilesTest {
    private static final byte[] BYTES = {'a', 0, (byte) 0xFF, '\r', '\n'};

    @RegisterExtension
    private final FelixExtension felix = new FelixExtension();

    private FrameworkConfigurations configurations;
    private Path content;

    @BeforeEach
    void open() throws IOException {
        System.setProperty(
                "karaf.etc",
                Files.createDirectory(felix.folder().resolve("etc")).toString());
        System.setProperty("karaf.data", felix.folder().resolve("data").toString());
        configurations = new FrameworkConfigurations(felix.context());
        content = Files.write(felix.folder().resolve("content"), BYTES);
    }

    @AfterEach
    void close() {
        System.clearProperty("karaf.etc");
        System.clearProperty("karaf.data");
    }

    /** Reads a file as File Install does. */
    private final class Reader implements ArtifactInstaller, ConfigurationListener {
        @Override
        public boolean canHandle(File file) {
            return file.getName().endsWith(".cfg");
        }

        @Override
        public void install(File file) throws IOException {
            String pid = file.getName().replace(".cfg", "");
            felix.service(ConfigurationAdmin.class)
                    .getConfiguration(pid, "?")
                    .update(new Hashtable<>(Map.of(
                            "text",
                            Files.readString(file.toPath()),
                            ConfigurationFile.NAME,
                            ConfigurationFile.name(file.toPath()))));
        }

        @Override
        public void update(File file) {
            throw new AssertionError("it is new");
        }

        @Override
        public void uninstall(File file) {
            throw new AssertionError("it would take another configuration of the name for it");
        }

        @Override
        public void configurationEvent(ConfigurationEvent event) {}
    }

    private void startReader() throws Exception {
        felix.startConfigurationAdmin();
        felix.context()
                .registerService(
                        new String[] {ArtifactInstaller.class.getName(), ConfigurationListener.class.getName()},
                        new Reader(),
                        null);
    }

    @ParameterizedTest
    @CsvSource({"etc/shop.xml, etc/shop.xml", "${karaf.etc}/a/b.xml, etc/a/b.xml", "${karaf.data}/c d, data/c d"})
    void aFileComesToItsPlaceAndGoesWithTheFoldersThatWereMade(String place, String path) throws IOException {
        Path file = felix.folder().resolve(path);

        assertThat(configurations.hasFile(place)).isFalse();
        configurations.bringFile("shop/2", place, content);

        assertThat(configurations.hasFile(place)).isTrue();
        assertThat(file).hasBinaryContent(BYTES);
        assertThat(file.getParent().toFile().list())
                .containsExactly(file.getFileName().toString());

        configurations.giveBack(0);
        assertThat(file).doesNotExist();
        assertThat(felix.folder().resolve("etc")).isEmptyDirectory();
        assertThat(felix.folder().resolve("data")).doesNotExist();
        assertThat(configurations.changes()).isZero();
    }

    @Test
    void itStaysOnceItIsSettled() {
        configurations.bringFile("shop/2", "shop/a.txt", content);
        configurations.settle();

        configurations.giveBack(0);

        assertThat(felix.folder().resolve("shop/a.txt")).hasBinaryContent(BYTES);
    }

    @Test
    void whatSomebodyHasChangedOrAddedStays() throws IOException {
        configurations.bringFile("shop/2", "shop/a/a.txt", content);
        configurations.bringFile("shop/2", "shop/b/b.txt", content);
        Files.writeString(felix.folder().resolve("shop/a/a.txt"), "mine");
        Files.writeString(felix.folder().resolve("shop/b/mine.txt"), "mine");

        configurations.giveBack(0);

        assertThat(felix.folder().resolve("shop/a/a.txt")).hasContent("mine");
        assertThat(felix.folder().resolve("shop/b").toFile().list()).containsExactly("mine.txt");
    }

    @Test
    void aRestartTakesAwayWhatAnotherReleaseBroughtThanThePermanentOne() throws IOException {
        configurations.bringFile("shop/2", "shop/a.txt", content);
        configurations.bringFile("shop/3", "shop/b.txt", content);
        Files.copy(content, felix.folder().resolve("shop/b.txt.brought"));

        new FrameworkConfigurations(felix.context()).recover("shop/2");

        assertThat(felix.folder().resolve("shop").toFile().list()).containsExactly("a.txt");
    }

    @Test
    void oneThatSomebodyMakesMeanwhileIsNotOverwritten() throws IOException {
        Files.createDirectory(felix.folder().resolve("shop"));
        Files.writeString(felix.folder().resolve("shop/a.txt"), "mine");

        assertThatThrownBy(() -> configurations.bringFile("shop/2", "shop/a.txt", content))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("can not be brought");
        configurations.giveBack(0);

        assertThat(felix.folder().resolve("shop").toFile().list()).containsExactly("a.txt");
        assertThat(felix.folder().resolve("shop/a.txt")).hasContent("mine");
    }

    @Test
    void aConfigurationIsThereAtOnceAndGoesWithItsFile() throws Exception {
        startReader();
        Files.writeString(content, "tea=250");

        configurations.bringFile("shop/2", "etc/shop.cfg", content);
        assertThat(configurations.has("shop")).isTrue();
        assertThat(felix.service(ConfigurationAdmin.class)
                        .getConfiguration("shop", "?")
                        .getProperties()
                        .get("text"))
                .isEqualTo("tea=250");

        new FrameworkConfigurations(felix.context()).recover("shop/1");
        assertThat(configurations.has("shop")).isFalse();
    }

    @Test
    void aConfigurationOfSomebodyElseStays() throws Exception {
        felix.startConfigurationAdmin();
        configurations.bringFile("shop/2", "etc/shop.cfg", content);
        felix.service(ConfigurationAdmin.class)
                .getConfiguration("shop", "?")
                .update(new Hashtable<>(Map.of("text", "mine")));

        configurations.giveBack(0);

        assertThat(felix.folder().resolve("etc")).isEmptyDirectory();
        assertThat(configurations.has("shop")).isTrue();
    }

    @Test
    void noReaderIsToldOfWhatIsNoConfiguration() throws Exception {
        startReader();

        configurations.bringFile("shop/2", "etc/more/shop.cfg", content);

        assertThat(configurations.has("shop")).isFalse();
    }
}
