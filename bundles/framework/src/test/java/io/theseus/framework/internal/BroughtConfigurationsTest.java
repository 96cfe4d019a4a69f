// SPDX-License-Identifier: Apache-2.0
package io.theseus.framework.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.theseus.release.RefusedException;
import java.io.File;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** A configuration that a feature brings is what File Install makes of its file, where the configuration admin has lost it. */
class BroughtConfigurationsTest {
    private static final String KEY = "org.apache.karaf.features.configKey";

    /** Texts, and what they mean. */
    private static final List<Map.Entry<String, Map<String, String>>> TEXTS = List.of(
            Map.entry("tea = 250", Map.of("tea", "250")),
            Map.entry(
                    "  tea=250\n\t milk : 9\n cup 3\nfree", Map.of("tea", "250", "milk", "9", "cup", "3", "free", "")),
            Map.entry("tea =  250  \nmilk=9\t", Map.of("tea", "250  ", "milk", "9\t")),
            Map.entry("# a\n ! b = c\n\n \ntea = 250 # no comment", Map.of("tea", "250 # no comment")),
            Map.entry("all = tea,\\\n    milk, \\\n\tcup", Map.of("all", "tea,milk, cup")),
            Map.entry("all = tea,\\\n  # a comment\n\n  milk\ncup=3", Map.of("all", "tea,milk", "cup", "3")),
            Map.entry("path = C:\\\\\ncup = 3", Map.of("path", "C:\\", "cup", "3")),
            Map.entry("path = C:\\\\\\\\temp\\\\new", Map.of("path", "C:\\temp\\new")),
            Map.entry("form = a\\\\{2\\\\} \\\\d {3}", Map.of("form", "a{2} \\d {3}")),
            Map.entry("odd = \\t\\b\\'\\\"\\q\\u00fc$__", Map.of("odd", "\t\b'\"q\u00fc$")),
            Map.entry("a\\ b\\:c\\=d = e = f", Map.of("a b:c=d", "e = f")),
            Map.entry("\u00fc = \\\u00fc\\\\\u20ac\ud83c\udf75", Map.of("\u00fc", "\u00fc\\\u20ac\ud83c\udf75")),
            Map.entry("list = [a,b]\ntext = \"x\"\nplain = y", Map.of("list", "[a,b]", "text", "\"x\"", "plain", "y")),
            Map.entry("tea = 1\ntea = 2", Map.of("tea", "2")),
            Map.entry("", Map.of()));

    @RegisterExtension
    private final FelixExtension felix = new FelixExtension();

    private FrameworkConfigurations configurations;
    private Path etc;

    @BeforeEach
    void open() throws Exception {
        etc = Files.createDirectory(felix.folder().resolve("etc"));
        System.setProperty("karaf.etc", etc.toString());
        felix.startConfigurationAdmin();
        configurations = new FrameworkConfigurations(felix.context());
    }

    @AfterEach
    void close() {
        System.clearProperty("karaf.etc");
    }

    private List<Configuration> all() throws Exception {
        Configuration[] found = felix.service(ConfigurationAdmin.class).listConfigurations(null);
        return found == null ? List.of() : Arrays.asList(found);
    }

    private Configuration only() throws Exception {
        assertThat(all()).hasSize(1);
        return all().get(0);
    }

    /** By PID. */
    private Map<String, Map<String, Object>> properties() throws Exception {
        Map<String, Map<String, Object>> all = new TreeMap<>();
        for (Configuration each : all()) {
            Map<String, Object> properties = new TreeMap<>();
            Collections.list(each.getProperties().keys())
                    .forEach(key -> properties.put(key, each.getProperties().get(key)));
            all.put(each.getPid(), properties);
        }
        return all;
    }

    /** What the configuration admin has is lost, and File Install reads all files. */
    private void wipeAndRead() throws Exception {
        for (Configuration each : all()) {
            each.delete();
        }
        felix.startFileInstall();
        ServiceReference<?> reader = await().atMost(Duration.ofSeconds(5)).until(this::reader, Objects::nonNull);
        // It has classes of its own.
        Object installer = felix.context().getService(reader);
        Method install = installer.getClass().getMethod("install", File.class);
        for (File file : etc.toFile().listFiles()) {
            install.invoke(installer, file);
        }
    }

    private @Nullable ServiceReference<?> reader() throws InvalidSyntaxException {
        ServiceReference<?> @Nullable [] found =
                felix.context().getAllServiceReferences("org.apache.felix.fileinstall.ArtifactInstaller", null);
        return found == null ? null : found[0];
    }

    @Test
    void theyHaveThePropertiesThatFileInstallReads() throws Exception {
        for (int i = 0; i < TEXTS.size(); i++) {
            configurations.bring("shop/2", "shop" + i, TEXTS.get(i).getKey());
        }
        Map<String, Map<String, Object>> brought = properties();
        for (int i = 0; i < TEXTS.size(); i++) {
            Map<String, Object> properties = brought.get("shop" + i);
            assertThat(properties.remove(KEY)).isEqualTo("shop" + i);
            assertThat(properties.keySet().removeAll(Set.of("service.pid", ConfigurationFile.NAME)))
                    .isTrue();
            assertThat(properties)
                    .as(TEXTS.get(i).getKey())
                    .isEqualTo(TEXTS.get(i).getValue());
        }
        brought = properties();

        wipeAndRead();

        assertThat(properties()).isEqualTo(brought);
    }

    @Test
    void theyHaveThePidsThatFileInstallReads() throws Exception {
        List<String> names = List.of("shop", "shop-one", "shop~two", "com.acme.shop~my-three~b");
        for (String name : names) {
            configurations.bring("shop/2", name, "tea = 250");
        }
        Map<String, Map<String, Object>> brought = properties();
        assertThat(brought).containsOnlyKeys("shop", "shop~one", "shop~two", "com.acme.shop~my-three~b");
        assertThat(etc.toFile().list())
                .containsExactlyInAnyOrder("shop.cfg", "shop-one.cfg", "shop-two.cfg", "com.acme.shop-my-three~b.cfg");

        wipeAndRead();

        assertThat(properties()).isEqualTo(brought);
        assertThat(names).allMatch(configurations::has);
    }

    /** File Install would take every file for another configuration. */
    @Test
    void aFactoryWithADashHasNoFile() throws Exception {
        configurations.bring("shop/2", "my-shop~two", "tea = 250");

        assertThat(only().getFactoryPid()).isEqualTo("my-shop");
        assertThat(only().getPid()).isEqualTo("my-shop~two");
        assertThat(etc).isEmptyDirectory();

        configurations.giveBack(0);
        assertThat(all()).isEmpty();
    }

    @Test
    void oneThatKarafMadeUnderAnotherPidIsThere() throws Exception {
        felix.service(ConfigurationAdmin.class)
                .createFactoryConfiguration("shop", "?")
                .update(new Hashtable<>(Map.of(KEY, "shop-two")));

        assertThat(configurations.has("shop-two")).isTrue();
        assertThat(configurations.has("shop-three")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"tea\": 250}",
                "tea = I\"250\"",
                "tea = ${price}",
                "tea = $\\{price}",
                "tea = 250\\",
                "tea = \\u00",
                "<tea/>"
            })
    void whatIsNotReadHereIsRefusedAndNothingIsLeft(String text) throws Exception {
        assertThatThrownBy(() -> configurations.bring("shop/2", "shop", text)).isInstanceOf(RefusedException.class);

        assertThat(all()).isEmpty();
        assertThat(etc).isEmptyDirectory();
    }

    @Test
    void whatKarafWouldWriteOverIsKnown() throws Exception {
        Configuration made = felix.service(ConfigurationAdmin.class).getFactoryConfiguration("shop.prices", "tea", "?");
        made.update(new Hashtable<>(Map.of("tea", "250")));

        assertThat(configurations.has("shop.prices~tea")).isTrue();
        assertThat(configurations.overlooked("shop.prices~tea")).isTrue();
        assertThat(configurations.overlooked("shop.prices-tea")).isTrue();
        assertThat(configurations.overlooked("shop.prices~milk")).isFalse();

        made.update(new Hashtable<>(Map.of("tea", "250", KEY, "shop.prices~tea")));

        assertThat(configurations.overlooked("shop.prices~tea")).isFalse();
    }

    @Test
    void whatIsNoFactorysIsSeenByKaraf() throws Exception {
        felix.service(ConfigurationAdmin.class)
                .getConfiguration("shop.labels", "?")
                .update(new Hashtable<>(Map.of("tea", "Tee")));
        configurations.bring("two", "shop.prices~tea", "tea = 250");

        assertThat(configurations.overlooked("shop.labels")).isFalse();
        assertThat(configurations.overlooked("shop.prices~tea")).isFalse();
    }

    @Test
    void aFileOfTheNameThatKarafLooksForIsSeen() throws Exception {
        Files.writeString(etc.resolve("shop.prices-tea.cfg"), "tea = 250");

        assertThat(configurations.has("shop.prices-tea")).isTrue();
        assertThat(configurations.overlooked("shop.prices-tea")).isFalse();
        assertThat(configurations.overlooked("shop.prices~tea")).isTrue();
    }
}
