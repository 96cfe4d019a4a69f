// SPDX-License-Identifier: Apache-2.0
package io.theseus.framework.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.theseus.itests.made.MadeBundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.osgi.framework.Bundle;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** Configurations follow an application, against the Felix configuration admin and component runtime that Karaf has. */
class FrameworkBelongingsTest {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    @RegisterExtension
    private final FelixExtension felix = new FelixExtension();

    private FrameworkBelongings belongings;
    private Bundle older;
    private Bundle newer;

    @BeforeEach
    void open() throws Exception {
        felix.startConfigurationAdmin();
        felix.startComponentRuntime();
        belongings = new FrameworkBelongings(felix.context());
    }

    private void install(MadeBundle one, MadeBundle two) throws Exception {
        older = felix.start(one);
        newer = felix.install(two);
    }

    private ConfigurationAdmin admin() {
        return felix.service(ConfigurationAdmin.class);
    }

    private static Dictionary<String, Object> currency(String currency) {
        return new Hashtable<>(Map.of("currency", currency));
    }

    private Configuration configure(@Nullable String location) throws IOException {
        Configuration configuration = admin().getConfiguration(LedgerBundles.PID, location);
        configuration.update(currency("EUR"));
        return configuration;
    }

    private Configuration configureFactory(@Nullable String location) throws IOException {
        Configuration configuration = admin().createFactoryConfiguration(LedgerBundles.PID, location);
        configuration.update(currency("EUR"));
        return configuration;
    }

    /** The location as it is now; the object a caller holds answers that too. */
    private @Nullable String location(Configuration configuration) throws Exception {
        Configuration[] found = admin().listConfigurations("(service.pid=" + configuration.getPid() + ")");
        return found[0].getBundleLocation();
    }

    @SuppressWarnings("unchecked")
    private void awaitTold(Bundle bundle, String told) {
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(((Supplier<String>) felix.service(Supplier.class, bundle)).get())
                        .isEqualTo(told));
    }

    private void share() {
        belongings.share(older.getBundleId(), newer.getBundleId());
    }

    private void giveBack() {
        belongings.giveBack(older.getBundleId(), newer.getBundleId(), false);
    }

    private void settle() {
        belongings.settle(older.getBundleId(), newer.getBundleId());
    }

    private List<Path> records() throws IOException {
        Path folder = felix.folder().resolve("releases/belongings");
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    @Test
    void boundConfigurationReachesTheNewComponentAndTheOldOneGoesOn() throws Exception {
        install(LedgerBundles.component("1.0.0"), LedgerBundles.component("2.0.0"));
        Configuration configuration = configure(older.getLocation());
        awaitTold(older, "EUR +1 -0");

        share();
        newer.start();

        awaitTold(newer, "EUR +1 -0");
        awaitTold(older, "EUR +1 -0");
        older.uninstall();
        settle();
        awaitTold(newer, "EUR +1 -0");
        assertThat(location(configuration)).isEqualTo(newer.getLocation());
        assertThat(records()).isEmpty();
    }

    @Test
    void boundConfigurationGoesBackOnUndo() throws Exception {
        install(LedgerBundles.component("1.0.0"), LedgerBundles.component("2.0.0"));
        Configuration configuration = configure(older.getLocation());
        share();
        newer.start();
        awaitTold(newer, "EUR +1 -0");
        newer.stop();

        giveBack();

        assertThat(location(configuration)).isEqualTo(older.getLocation());
        configuration.update(currency("USD"));
        awaitTold(older, "USD +2 -1");
        assertThat(records()).isEmpty();
    }

    @Test
    void undoTakesTheConfigurationFromANewComponentThatStillRuns() throws Exception {
        install(LedgerBundles.component("1.0.0"), LedgerBundles.component("2.0.0"));
        configure(older.getLocation());
        share();
        newer.start();
        awaitTold(newer, "EUR +1 -0");

        giveBack();

        await().atMost(LIMIT).until(() -> !felix.hasService(Supplier.class, newer));
        awaitTold(older, "EUR +1 -0");
    }

    @Test
    void unboundConfigurationOfAComponentIsLeftAlone() throws Exception {
        install(LedgerBundles.component("1.0.0"), LedgerBundles.component("2.0.0"));
        Configuration configuration = configure(null);
        awaitTold(older, "EUR +1 -0");

        share();
        newer.start();

        awaitTold(newer, "EUR +1 -0");
        assertThat(location(configuration)).isNull();
        newer.stop();
        giveBack();
        awaitTold(older, "EUR +1 -0");
        assertThat(location(configuration)).isNull();
    }

    @Test
    void boundFactoryConfigurationReachesTheNewComponentAndGoesBackOnUndo() throws Exception {
        install(LedgerBundles.component("1.0.0"), LedgerBundles.component("2.0.0"));
        Configuration configuration = configureFactory(older.getLocation());
        awaitTold(older, "EUR +1 -0");

        share();
        newer.start();

        awaitTold(newer, "EUR +1 -0");
        newer.stop();
        giveBack();
        awaitTold(older, "EUR +1 -0");
        assertThat(location(configuration)).isEqualTo(older.getLocation());
    }

    @Test
    void boundFactoryConfigurationStaysWithTheNewComponentWhenSettled() throws Exception {
        install(LedgerBundles.component("1.0.0"), LedgerBundles.component("2.0.0"));
        Configuration configuration = configureFactory(older.getLocation());
        share();
        newer.start();
        awaitTold(newer, "EUR +1 -0");

        older.uninstall();
        settle();

        assertThat(location(configuration)).isEqualTo(newer.getLocation());
        configuration.update(currency("USD"));
        awaitTold(newer, "USD +2 -1");
    }

    @Test
    void dynamicallyBoundConfigurationReachesTheNewManagedServiceWhileTheOldOneRuns() throws Exception {
        Configuration configuration = configure(null);
        install(LedgerBundles.managedService("1.0.0"), LedgerBundles.managedService("2.0.0"));
        awaitTold(older, "[EUR]");
        assertThat(location(configuration)).isEqualTo(older.getLocation());

        share();
        newer.start();

        awaitTold(newer, "[EUR]");
        awaitTold(older, "[EUR]");
        older.uninstall();
        settle();
        configuration.update(currency("USD"));
        awaitTold(newer, "[EUR, USD]");
        assertThat(location(configuration)).isEqualTo(newer.getLocation());
        newer.uninstall();
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(location(configuration)).isNull());
    }

    @Test
    void dynamicallyBoundConfigurationGoesBackOnUndo() throws Exception {
        Configuration configuration = configure(null);
        install(LedgerBundles.managedService("1.0.0"), LedgerBundles.managedService("2.0.0"));
        awaitTold(older, "[EUR]");
        share();
        newer.start();
        awaitTold(newer, "[EUR]");
        newer.stop();

        giveBack();

        configuration.update(currency("USD"));
        awaitTold(older, "[EUR, USD]");
        assertThat(location(configuration)).isEqualTo(older.getLocation());
        older.uninstall();
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(location(configuration)).isNull());
    }

    @Test
    void dynamicallyBoundConfigurationGoesBackToTheOldBundleThoughTheNewOneStillRuns() throws Exception {
        Configuration configuration = configure(null);
        install(LedgerBundles.managedService("1.0.0"), LedgerBundles.managedService("2.0.0"));
        awaitTold(older, "[EUR]");
        share();
        newer.start();
        awaitTold(newer, "[EUR]");

        giveBack();

        configuration.update(currency("USD"));
        awaitTold(older, "[EUR, USD]");
        assertThat(location(configuration)).isEqualTo(older.getLocation());
    }

    @Test
    void dynamicallyBoundConfigurationStaysOpenUntilTheOldBundleIsGone() throws Exception {
        Configuration configuration = configure(null);
        install(LedgerBundles.managedService("1.0.0"), LedgerBundles.managedService("2.0.0"));
        awaitTold(older, "[EUR]");
        share();
        newer.start();
        awaitTold(newer, "[EUR]");

        settle();

        assertThat(location(configuration)).isEqualTo("?");
        assertThat(records()).hasSize(1);
        older.uninstall();
        settle();
        configuration.update(currency("USD"));
        awaitTold(newer, "[EUR, USD]");
        assertThat(records()).isEmpty();
    }

    @Test
    void boundConfigurationReachesTheNewManagedServiceAndGoesBackOnUndo() throws Exception {
        install(LedgerBundles.managedService("1.0.0"), LedgerBundles.managedService("2.0.0"));
        Configuration configuration = configure(older.getLocation());
        awaitTold(older, "[nothing, EUR]");

        share();
        newer.start();

        awaitTold(newer, "[EUR]");
        newer.stop();
        giveBack();
        configuration.update(currency("USD"));
        awaitTold(older, "[nothing, EUR, USD]");
        assertThat(location(configuration)).isEqualTo(older.getLocation());
    }

    @Test
    void factoryConfigurationReachesTheNewManagedServiceFactoryAndGoesBackOnUndo() throws Exception {
        for (boolean bound : List.of(true, false)) {
            install(
                    LedgerBundles.managedServiceFactory(bound ? "1.0.0" : "1.1.0"),
                    LedgerBundles.managedServiceFactory(bound ? "2.0.0" : "2.1.0"));
            Configuration configuration = configureFactory(bound ? older.getLocation() : null);
            awaitTold(older, "[EUR] deleted 0");

            share();
            newer.start();

            awaitTold(newer, "[EUR] deleted 0");
            newer.stop();
            giveBack();
            configuration.update(currency("USD"));
            awaitTold(older, "[USD] deleted 0");
            assertThat(location(configuration)).isEqualTo(older.getLocation());
            configuration.delete();
            older.uninstall();
            newer.uninstall();
        }
    }

    @Test
    void configurationMadeWhileSharedIsBroughtByTheNextShareOrByTheRollback() throws Exception {
        install(LedgerBundles.component("1.0.0"), LedgerBundles.component("2.0.0"));
        share();
        Configuration byOlder = configureFactory(older.getLocation());
        share();
        newer.start();
        awaitTold(newer, "EUR +1 -0");
        Configuration byNewer = configureFactory(newer.getLocation());

        belongings.giveBack(older.getBundleId(), newer.getBundleId(), true);

        assertThat(location(byOlder)).isEqualTo(older.getLocation());
        assertThat(location(byNewer)).isEqualTo(older.getLocation());
    }

    @Test
    void secondShareWritesNoRecordUnlessAConfigurationChanged() throws Exception {
        install(LedgerBundles.component("1.0.0"), LedgerBundles.component("2.0.0"));
        configureFactory(older.getLocation());
        share();
        FileTime longAgo = FileTime.fromMillis(0);
        Files.setLastModifiedTime(records().get(0), longAgo);

        share();
        assertThat(Files.getLastModifiedTime(records().get(0))).isEqualTo(longAgo);

        configure(older.getLocation());
        share();
        assertThat(Files.getLastModifiedTime(records().get(0))).isNotEqualTo(longAgo);
    }

    @Test
    void anApplicationWithoutConfigurationsLeavesNoRecord() throws Exception {
        install(LedgerBundles.component("1.0.0"), LedgerBundles.component("2.0.0"));
        share();
        assertThat(records()).isEmpty();

        configure(older.getLocation());
        share();
        assertThat(records()).hasSize(1);

        giveBack();
        assertThat(records()).isEmpty();
    }

    @Test
    void dataComesBackAlsoWithoutARecord() throws Exception {
        install(LedgerBundles.component("1.0.0"), LedgerBundles.component("2.0.0"));
        share();
        Path written = newer.getDataFile("written").toPath();
        Files.writeString(written, "by the newer one");

        belongings.giveBack(older.getBundleId(), newer.getBundleId(), true);

        assertThat(older.getDataFile("written")).hasContent("by the newer one");
    }

    @Test
    void secondShareDoesNotLookAgainBecauseTheFirstMovedConfigurations() throws Exception {
        install(LedgerBundles.component("1.0.0"), LedgerBundles.component("2.0.0"));
        Configuration configuration = configure(older.getLocation());
        share();
        assertThat(location(configuration)).isEqualTo("?");
        Files.delete(records().get(0));

        share();
        assertThat(records()).isEmpty();

        configuration.setBundleLocation(older.getLocation());
        share();
        assertThat(records()).hasSize(1);
    }

    @Test
    void configurationThatAnOperatorMovedIsLeftThere() throws Exception {
        install(LedgerBundles.component("1.0.0"), LedgerBundles.component("2.0.0"));
        Configuration configuration = configure(older.getLocation());
        share();
        configuration.setBundleLocation("mvn:elsewhere");

        giveBack();

        assertThat(location(configuration)).isEqualTo("mvn:elsewhere");
    }

    @Test
    void nextStartGivesBackWhatWasShared() throws Exception {
        install(LedgerBundles.managedService("1.0.0"), LedgerBundles.component("2.0.0"));
        configureFactory(older.getLocation());
        configure(null);
        awaitTold(older, "[nothing, EUR]");
        share();
        assertThat(admin().listConfigurations("(service.bundleLocation=?)")).hasSize(2);

        restart();
        belongings.recover();

        assertThat(admin().listConfigurations("(service.bundleLocation=?)")).isNull();
        assertThat(new ConfigurationLocations(felix.framework()).bound(older.getLocation()))
                .hasSize(1);
    }

    @Test
    void whatTheNextStartGaveBackCanStillBeSettledAfterTheOldBundleIsGone() throws Exception {
        install(LedgerBundles.component("1.0.0"), LedgerBundles.component("2.0.0"));
        Configuration configuration = configure(older.getLocation());
        share();
        restart();
        belongings.recover();
        assertThat(location(configuration)).isEqualTo(older.getLocation());
        older.uninstall();

        settle();

        assertThat(location(configuration)).isEqualTo(newer.getLocation());
        assertThat(records()).isEmpty();
    }

    @Test
    void nextStartSettlesWhatWasMadePermanentBefore() throws Exception {
        install(LedgerBundles.component("1.0.0"), LedgerBundles.component("2.0.0"));
        Configuration configuration = configure(older.getLocation());
        share();
        newer.start();
        restart();

        belongings.recover();

        assertThat(location(configuration)).isEqualTo(newer.getLocation());
        assertThat(records()).isEmpty();
    }

    @Test
    void nextStartGivesBackWhatBothBundlesAreGoneFor() throws Exception {
        install(LedgerBundles.component("1.0.0"), LedgerBundles.component("2.0.0"));
        Configuration configuration = configure(older.getLocation());
        share();
        String location = older.getLocation();
        older.uninstall();
        newer.uninstall();
        restart();

        belongings.recover();

        assertThat(location(configuration)).isEqualTo(location);
        assertThat(records()).isEmpty();
    }

    @Test
    void worksWithoutAConfigurationAdmin() throws Exception {
        install(LedgerBundles.component("1.0.0"), LedgerBundles.component("2.0.0"));
        configure(older.getLocation());
        share();
        Stream.of(felix.context().getBundles())
                .filter(bundle -> bundle.getSymbolicName().endsWith("configadmin"))
                .findFirst()
                .orElseThrow()
                .stop();
        share();
        assertThat(records()).hasSize(1);

        belongings.recover();
        assertThat(records()).hasSize(1);

        giveBack();
        assertThat(records()).isEmpty();
    }

    private void restart() throws Exception {
        felix.restart();
        older = felix.context().getBundle(older.getBundleId());
        newer = felix.context().getBundle(newer.getBundleId());
        belongings = new FrameworkBelongings(felix.context());
    }
}
