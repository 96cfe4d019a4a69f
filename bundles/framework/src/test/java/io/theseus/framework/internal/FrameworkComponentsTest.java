// SPDX-License-Identifier: Apache-2.0
package io.theseus.framework.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.theseus.api.CodeChange;
import io.theseus.api.UpgradeAction;
import io.theseus.itests.made.MadeBundle;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.hooks.service.EventListenerHook;
import org.osgi.framework.hooks.service.FindHook;

class FrameworkComponentsTest {
    private static final String ACCOUNTS = """
            package ledger;
            import io.theseus.api.*;
            public class Accounts implements CodeChange<Integer>, UpgradeAction {
              static int instances;
              final int number = ++instances;
              public Integer suspend() { return number; }
              public void codeChange(Integer state, Change change) {}
              public void resume() {}
              public Undo perform(Change change, java.util.Map<String, Object> args) { return Undo.NOTHING; }
            }
            """;
    private static final String PLAIN = """
            package ledger;
            import org.osgi.framework.*;
            public class Main implements BundleActivator {
              public void start(BundleContext context) {
                context.registerService(io.theseus.api.CodeChange.class, new Accounts(), null);
              }
              public void stop(BundleContext context) {}
            }
            """;

    @RegisterExtension
    private final FelixExtension felix = new FelixExtension();

    private FrameworkComponents components;

    @BeforeEach
    void open() throws Exception {
        felix.startComponentRuntime();
        // Hooks do not apply to the system bundle, so the ports get a bundle of their own here.
        components = new FrameworkComponents(
                felix.start(MadeBundle.of("theseus", "1.0.0")).getBundleContext());
    }

    @AfterEach
    void close() {
        components.close();
    }

    private static MadeBundle ledger() {
        return MadeBundle.of("ledger", "2.0.0")
                .source("ledger.Accounts", ACCOUNTS)
                .component(
                        "ledger.Accounts",
                        "",
                        MadeBundle.provide(CodeChange.class) + "<property name=\"theseus.action\" value=\"reindex\"/>");
    }

    private static MadeBundle action() {
        return MadeBundle.of("ledger", "2.0.0")
                .source("ledger.Accounts", ACCOUNTS)
                .component(
                        "ledger.Accounts",
                        "",
                        "<property name=\"theseus.action\" value=\"reindex\"/>"
                                + MadeBundle.provide(UpgradeAction.class));
    }

    private Object state(Bundle bundle) throws Exception {
        return components
                .codeChange(bundle.getBundleId(), "ledger.Accounts")
                .orElseThrow()
                .suspend();
    }

    @Test
    void findsAStatefulComponentByItsName() throws Exception {
        Bundle ledger = felix.start(ledger());

        assertThat(components.stateful(ledger.getBundleId())).containsExactly("ledger.Accounts");
        assertThat(components.codeChange(ledger.getBundleId(), "ledger.Accounts"))
                .isPresent();
        assertThat(components.codeChange(ledger.getBundleId(), "ledger.Misspelt"))
                .isEmpty();
        assertThat(components.codeChange(99, "ledger.Accounts")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'', ledger.Accounts, true",
        "'', ledger.Accounts~eur, true",
        "'', ledger, false",
        "'configuration-pid=\"$ ledger\"', ledger, true",
        "'configuration-pid=\"$ ledger\"', ledger.Accounts, true",
        "'configuration-pid=\"ledger\"', ledger.Accounts, false",
        "'configuration-policy=\"ignore\"', ledger.Accounts, false",
        "'modified=\"changed\"', ledger.Accounts, false",
    })
    void namesAStatefulComponentThatAConfigurationMakesAnew(String attributes, String pid, boolean anew)
            throws Exception {
        Bundle ledger = felix.start(MadeBundle.of("ledger", "2.0.0")
                .source("ledger.Accounts", ACCOUNTS)
                .component("ledger.Accounts", attributes, MadeBundle.provide(CodeChange.class)));

        assertThat(components.renewed(ledger.getBundleId(), pid))
                .isEqualTo(anew ? List.of("ledger.Accounts") : List.of());
    }

    @Test
    void aStatelessComponentMayBeMadeAnew() throws Exception {
        Bundle ledger = felix.start(action());

        assertThat(components.renewed(ledger.getBundleId(), "ledger.Accounts")).isEmpty();
        assertThat(components.renewed(99, "ledger.Accounts")).isEmpty();
    }

    @Test
    void answersTheSameInstanceUntilTheBundleStops() throws Exception {
        Bundle ledger = felix.start(ledger());

        assertThat(state(ledger)).isEqualTo(1);
        assertThat(state(ledger)).isEqualTo(1);
        ledger.stop();
        assertThat(components.codeChange(ledger.getBundleId(), "ledger.Accounts"))
                .isEmpty();
    }

    @Test
    void namesAServiceThatIsNoComponentAfterItsClass() throws Exception {
        Bundle ledger = felix.start(MadeBundle.of("ledger", "2.0.0")
                .source("ledger.Accounts", ACCOUNTS)
                .activator("ledger.Main", PLAIN));

        assertThat(components.stateful(ledger.getBundleId())).containsExactly("ledger.Accounts");
        assertThat(state(ledger)).isEqualTo(1);
    }

    @Test
    void countsTheInstancesOfAName() throws Exception {
        Bundle ledger = felix.start(MadeBundle.of("ledger", "2.0.0")
                .source("ledger.Accounts", ACCOUNTS)
                .activator("ledger.Main", PLAIN));
        assertThat(components.instances(ledger.getBundleId(), "ledger.Accounts"))
                .isOne();
        assertThat(components.instances(ledger.getBundleId(), "ledger.Misspelt"))
                .isZero();

        CodeChange<?> second = (CodeChange<?>)
                ledger.loadClass("ledger.Accounts").getConstructor().newInstance();
        ledger.getBundleContext().registerService(CodeChange.class, second, null);

        assertThat(components.instances(ledger.getBundleId(), "ledger.Accounts"))
                .isEqualTo(2);
    }

    @Test
    void answersWhatIsRegisteredNowUnderAName() throws Exception {
        Bundle ledger = felix.start(MadeBundle.of("ledger", "2.0.0").source("ledger.Accounts", ACCOUNTS));
        Class<?> type = ledger.loadClass("ledger.Accounts");
        List<ServiceRegistration<?>> registrations = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Object instance = type.getConstructor().newInstance();
            registrations.add(
                    ledger.getBundleContext().registerService(CodeChange.class, (CodeChange<?>) instance, null));
        }

        for (int i = 1; i <= 3; i++) {
            assertThat(state(ledger)).isEqualTo(i);
            registrations.get(i - 1).unregister();
        }
        assertThat(components.codeChange(ledger.getBundleId(), "ledger.Accounts"))
                .isEmpty();
    }

    @Test
    void seesWhatAHookHidesFromEverybody() throws Exception {
        Bundle ledger = felix.start(ledger());
        felix.context().registerService(FindHook.class, (context, name, filter, all, found) -> found.clear(), null);

        assertThat(components.stateful(ledger.getBundleId())).containsExactly("ledger.Accounts");
        assertThat(state(ledger)).isEqualTo(1);
    }

    @Test
    void findsAnActionByItsName() throws Exception {
        Bundle ledger = felix.start(action());

        assertThat(components.action(ledger.getBundleId(), "reindex")).isPresent();
        assertThat(components.action(ledger.getBundleId(), "other")).isEmpty();
        assertThat(components.stateful(ledger.getBundleId())).isEmpty();
    }

    @Test
    void releasesEverythingWhenItIsClosed() throws Exception {
        Bundle ledger = felix.start(ledger());
        state(ledger);
        assertThat(ledger.getRegisteredServices()[0].getUsingBundles()).hasSize(1);

        components.close();

        assertThat(ledger.getRegisteredServices()[0].getUsingBundles()).isNull();
    }

    @Test
    void holdsNothingOfAnUninstalledBundleThoughAHookHidesWhatHappens() throws Exception {
        felix.context().registerService(EventListenerHook.class, (event, listeners) -> listeners.clear(), null);

        holdsNothingOfAnUninstalledBundle();
    }

    @Test
    void holdsNothingOfAnUninstalledBundle() throws Exception {
        Bundle ledger = felix.start(ledger());
        WeakReference<?> instance = new WeakReference<>(
                components.codeChange(ledger.getBundleId(), "ledger.Accounts").orElseThrow());

        ledger.uninstall();

        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> {
            System.gc();
            return instance.get() == null;
        });
        assertThat(components.stateful(ledger.getBundleId())).isEmpty();
    }
}
