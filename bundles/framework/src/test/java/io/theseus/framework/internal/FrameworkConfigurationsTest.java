// SPDX-License-Identifier: Apache-2.0
package io.theseus.framework.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.theseus.port.Configurations.Others;
import io.theseus.release.Problem;
import io.theseus.release.RefusedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

class FrameworkConfigurationsTest {
    @RegisterExtension
    private final FelixExtension felix = new FelixExtension();

    private FrameworkConfigurations configurations;
    private Path etc;

    @BeforeEach
    void open() throws Exception {
        etc = Files.createDirectory(felix.folder().resolve("etc"));
        System.setProperty("karaf.etc", etc.toString());
        configurations = new FrameworkConfigurations(felix.context());
    }

    @AfterEach
    void close() {
        System.clearProperty("karaf.etc");
    }

    private Configuration existing(Map<String, Object> properties) throws Exception {
        felix.startConfigurationAdmin();
        Configuration configuration = felix.service(ConfigurationAdmin.class).getConfiguration("shop", "?");
        configuration.update(new Hashtable<>(properties));
        return configuration;
    }

    private Dictionary<String, Object> shop() throws Exception {
        return felix.service(ConfigurationAdmin.class)
                .getConfiguration("shop", "?")
                .getProperties();
    }

    @Test
    void withoutAConfigurationAdminAChangeIsRefused() {
        assertThat(configurations.problems("shop", Map.of("a", 1)))
                .extracting(Problem::text)
                .containsExactly("can not be changed: there is no configuration admin");
        assertThatThrownBy(() -> configurations.change("shop/2", "shop", Map.of(), Others.STAY))
                .isInstanceOf(RefusedException.class);
    }

    @Test
    void aMergeKeepsWhatItDoesNotNameAndAReplaceRemovesIt() throws Exception {
        existing(Map.of("currency", "EUR", "tax", 19));

        configurations.change("shop/2", "shop", Map.of("currency", "CHF"), Others.STAY);
        assertThat(shop().get("tax")).isEqualTo(19);
        assertThat(shop().get("currency")).isEqualTo("CHF");

        configurations.change("shop/2", "shop", Map.of("currency", "USD"), Others.GO);
        assertThat(shop().get("tax")).isNull();

        configurations.giveBack(0);
        assertThat(shop().get("tax")).isEqualTo(19);
        assertThat(shop().get("currency")).isEqualTo("EUR");
    }

    @Test
    void onlyWhatCameLaterIsGivenBack() throws Exception {
        existing(Map.of("currency", "EUR"));
        configurations.change("shop/2", "shop", Map.of("currency", "CHF"), Others.STAY);
        int mark = configurations.changes();
        configurations.change("shop/2", "shop", Map.of("currency", "USD"), Others.STAY);

        configurations.giveBack(mark);
        assertThat(shop().get("currency")).isEqualTo("CHF");

        configurations.giveBack(0);
        assertThat(shop().get("currency")).isEqualTo("EUR");
    }

    @Test
    void whatSomebodyElseChangedSinceStays() throws Exception {
        Configuration configuration = existing(Map.of("currency", "EUR", "tax", 19));
        configurations.change("shop/2", "shop", Map.of("currency", "CHF", "port", 80), Others.STAY);
        configuration.update(new Hashtable<>(Map.of("currency", "CHF", "port", 81, "tax", 20)));

        configurations.giveBack(0);

        assertThat(shop().get("currency")).isEqualTo("EUR");
        assertThat(shop().get("port")).isEqualTo(81);
        assertThat(shop().get("tax")).isEqualTo(20);
    }

    @Test
    void aNewOneHasAFileOfTypedValuesAndGoesWithIt() throws Exception {
        felix.startConfigurationAdmin();
        configurations.change(
                "shop/2",
                "shop~two",
                Map.of("port", 80, "names", List.of("a \"b\"", "\u00fc"), "on", true),
                Others.STAY);

        Path file = etc.resolve("shop-two.cfg");
        assertThat(file).hasContent("names = [\"a \\\"b\\\"\",\"\\u00fc\"]\non = B\"true\"\nport = I\"80\"\n");
        Configuration made = felix.service(ConfigurationAdmin.class).getFactoryConfiguration("shop", "two", "?");
        assertThat(made.getProperties().get("port")).isEqualTo(80);
        assertThat(made.getProperties().get("names")).isEqualTo(new String[] {"a \"b\"", "\u00fc"});
        assertThat(made.getFactoryPid()).isEqualTo("shop");

        configurations.giveBack(0);
        assertThat(file).doesNotExist();
        assertThat(felix.service(ConfigurationAdmin.class).listConfigurations(null))
                .isNull();
    }

    @Test
    void whatAFeatureBringsIsAsKarafMakesItAndGoesWithItsFile() throws Exception {
        felix.startConfigurationAdmin();
        assertThat(configurations.has("shop-two")).isFalse();
        configurations.bring("shop/2", "shop-two", "# caf\u00e9\nname = \u00fc\n");

        assertThat(configurations.has("shop-two")).isTrue();
        Path file = etc.resolve("shop-two.cfg");
        assertThat(file).hasContent("# caf\\u00e9\nname = \\u00fc\n\norg.apache.karaf.features.configKey = shop-two\n");
        Configuration made = felix.service(ConfigurationAdmin.class).getFactoryConfiguration("shop", "two", "?");
        assertThat(made.getProperties().get("name")).isEqualTo("\u00fc");
        assertThat(made.getProperties().get("org.apache.karaf.features.configKey"))
                .isEqualTo("shop-two");
        assertThat(made.getProperties().get(ConfigurationFile.NAME)).isEqualTo(ConfigurationFile.name(file));

        new FrameworkConfigurations(felix.context()).recover("shop/1");
        assertThat(file).doesNotExist();
        assertThat(configurations.has("shop-two")).isFalse();
    }

    @Test
    void aFileThatIsNotReadYetIsAConfigurationThatIsThere() throws Exception {
        felix.startConfigurationAdmin();
        Files.writeString(etc.resolve("shop.cfg"), "currency=EUR\n");

        assertThat(configurations.has("shop")).isTrue();
        assertThat(configurations.has("shop~two")).isFalse();
        Files.writeString(etc.resolve("shop-two.cfg"), "currency=EUR\n");
        assertThat(configurations.has("shop~two")).isTrue();
    }

    @Test
    void aRestartRemovesTheFileOfANewOneThatWasNotMadeYet() throws Exception {
        felix.startConfigurationAdmin();
        configurations.change("shop/2", "shop", Map.of("currency", "CHF"), Others.STAY);
        felix.service(ConfigurationAdmin.class).getConfiguration("shop", "?").delete();

        new FrameworkConfigurations(felix.context()).recover("shop/1");

        assertThat(etc.resolve("shop.cfg")).doesNotExist();
    }

    @Test
    void aNewOneToWhichSomebodyAddedStaysWithItsFile() throws Exception {
        felix.startConfigurationAdmin();
        configurations.change("shop/2", "shop", Map.of("currency", "CHF"), Others.STAY);
        Configuration made = felix.service(ConfigurationAdmin.class).getConfiguration("shop", "?");
        Dictionary<String, Object> more = made.getProperties();
        more.put("tax", 19);
        made.update(more);

        configurations.giveBack(0);

        assertThat(shop().get("currency")).isNull();
        assertThat(shop().get("tax")).isEqualTo(19);
        // As File Install writes it: it compares it as text.
        assertThat(shop().get(ConfigurationFile.NAME))
                .isEqualTo(etc.resolve("shop.cfg").toFile().toURI().toString());
    }

    @Test
    void theFileIsAsBeforeToTheByte() throws Exception {
        Path file = Files.writeString(etc.resolve("shop.cfg"), "# caf\u00e9\n\ncurrency=EUR\n");
        byte[] bytes = Files.readAllBytes(file);
        existing(Map.of("currency", "EUR", ConfigurationFile.NAME, file.toUri().toString()));
        configurations.change("shop/2", "shop", Map.of("currency", "CHF"), Others.GO);
        assertThat(shop().get(ConfigurationFile.NAME)).isEqualTo(file.toUri().toString());
        Files.writeString(file, "currency=CHF\n");

        configurations.giveBack(0);

        assertThat(file).hasBinaryContent(bytes);
    }

    @Test
    void aRestartGivesBackWhatAnotherReleaseChangedThanThePermanentOne() throws Exception {
        existing(Map.of("currency", "EUR"));
        configurations.change("shop/2", "shop", Map.of("currency", "CHF"), Others.STAY);

        new FrameworkConfigurations(felix.context()).recover("shop/2");
        assertThat(shop().get("currency")).isEqualTo("CHF");

        configurations.change("shop/3", "shop", Map.of("currency", "USD"), Others.STAY);
        new FrameworkConfigurations(felix.context()).recover("shop/2");
        assertThat(shop().get("currency")).isEqualTo("CHF");
    }

    @Test
    void namesAValueThatNoConfigurationCanHave() throws Exception {
        felix.startConfigurationAdmin();

        assertThat(configurations.problems("shop", Map.of("a", Map.of(), "b", List.of(1, "x"))))
                .hasSize(2);
        assertThat(configurations.problems("shop", Map.of("a", 1L, "b", List.of(1, 2))))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"../shop", "a/b", "a\\\\b", "", "~two", "shop~", "shop two"})
    void aPidThatWouldBeAFileElsewhereIsAProblem(String pid) throws Exception {
        felix.startConfigurationAdmin();

        assertThat(configurations.problems(pid, Map.of()))
                .extracting(Problem::text)
                .containsExactly("is no PID");
        assertThat(configurations.problems("a.B-1_c~two~2", Map.of())).isEmpty();
    }
}
