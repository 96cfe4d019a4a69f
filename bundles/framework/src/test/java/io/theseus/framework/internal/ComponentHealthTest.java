// SPDX-License-Identifier: Apache-2.0
package io.theseus.framework.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.theseus.itests.made.MadeBundle;
import io.theseus.release.Problem;
import java.io.IOException;
import java.time.Duration;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.osgi.framework.Bundle;
import org.osgi.service.cm.ConfigurationAdmin;

class ComponentHealthTest {
    private static final String SUPPLIER = """
            package ledger;
            public class Accounts implements java.util.function.Supplier<String> {
              %s
              public String get() { return "fine"; }
            }
            """;
    private static final String NEEDS_CALLABLE =
            "<reference name=\"clock\" interface=\"java.util.concurrent.Callable\" target=\"(kind=utc)\"/>";

    @RegisterExtension
    private final FelixExtension felix = new FelixExtension();

    private FrameworkCodeServer server;

    @BeforeEach
    void open() throws Exception {
        felix.startConfigurationAdmin();
        felix.startComponentRuntime();
        server = new FrameworkCodeServer(felix.context(), Map.of());
    }

    private static MadeBundle ledger(String version, String members, String attributes, String children) {
        return MadeBundle.of("ledger", version)
                .source("ledger.Accounts", SUPPLIER.formatted(members))
                .component("ledger.Accounts", attributes, MadeBundle.provide(Supplier.class) + children);
    }

    private List<String> problems(Bundle bundle) {
        return server.inactiveComponents(bundle.getBundleId()).stream()
                .map(Problem::toString)
                .toList();
    }

    private void configure(String location) throws IOException {
        felix.service(ConfigurationAdmin.class)
                .getConfiguration("ledger.Accounts", location)
                .update(new Hashtable<>(Map.of("currency", "EUR")));
    }

    @Test
    void delayedComponentThatActivatesIsNoProblem() throws Exception {
        Bundle ledger = felix.start(ledger("2.0.0", "", "", ""));

        assertThat(problems(ledger)).isEmpty();
    }

    @Test
    void delayedComponentThatThrowsOnActivationIsFoundBeforeItsFirstUse() throws Exception {
        Bundle ledger = felix.start(ledger(
                "2.0.0",
                "void activate() { throw new IllegalStateException(\"no room for accounts\"); }",
                "activate=\"activate\"",
                ""));

        assertThat(problems(ledger))
                .containsExactly("ledger 2.0.0 component ledger.Accounts: threw when it was activated:"
                        + " java.lang.IllegalStateException: no room for accounts");
        assertThat(server.inactiveComponents(ledger.getBundleId()))
                .extracting(Problem::code)
                .containsExactly("component-not-active");
    }

    @Test
    void ofManyBundlesEachIsToldItsOwn() throws Exception {
        Bundle ledger = felix.start(ledger("2.0.0", "", "", ""));
        // A component of the same name, in another bundle.
        Bundle copy = felix.start(MadeBundle.of("copy", "1.0.0")
                .source("ledger.Accounts", SUPPLIER.formatted("void activate() { throw new IllegalStateException(); }"))
                .component("ledger.Accounts", "activate=\"activate\"", MadeBundle.provide(Supplier.class)));
        felix.start(MadeBundle.of("other", "1.0.0")
                .source("other.Accounts", SUPPLIER.formatted("").replace("package ledger", "package other"))
                .component("other.Accounts", "", MadeBundle.provide(Supplier.class) + NEEDS_CALLABLE));

        assertThat(server.inactiveComponents(Set.of(ledger.getBundleId(), copy.getBundleId())))
                .containsOnlyKeys(copy.getBundleId());
        assertThat(server.inactiveComponents(Set.of())).isEmpty();
    }

    @Test
    void immediateComponentThatThrowsOnActivationIsFound() throws Exception {
        Bundle ledger = felix.start(MadeBundle.of("ledger", "2.0.0")
                .source(
                        "ledger.Batch",
                        "package ledger; public class Batch { public Batch() { throw new IllegalArgumentException(\"bad\"); } }")
                .component("ledger.Batch", "immediate=\"true\"", ""));

        assertThat(problems(ledger))
                .singleElement()
                .asString()
                .contains("ledger.Batch", "IllegalArgumentException: bad");
    }

    @Test
    void missingReferenceIsNamedWithServiceAndTarget() throws Exception {
        Bundle ledger = felix.start(ledger("2.0.0", "", "", NEEDS_CALLABLE));

        assertThat(problems(ledger))
                .containsExactly("ledger 2.0.0 component ledger.Accounts: has no service"
                        + " java.util.concurrent.Callable (kind=utc) for its reference clock");
    }

    @Test
    void whatThePredecessorMissesTooIsNoProblem() throws Exception {
        felix.start(ledger("1.0.0", "", "", NEEDS_CALLABLE));
        Bundle newer = felix.start(ledger("2.0.0", "", "", NEEDS_CALLABLE));

        assertThat(problems(newer)).isEmpty();
    }

    @Test
    void whatThePredecessorMissedBeforeItWasStoppedIsNoProblem() throws Exception {
        Bundle older = felix.start(ledger("1.0.0", "", "", NEEDS_CALLABLE));
        server.stop(older.getBundleId());
        Bundle newer = felix.start(ledger("2.0.0", "", "", NEEDS_CALLABLE));

        assertThat(problems(newer)).isEmpty();
    }

    @Test
    void whatAVersionMissedThatWasTakenBackIsAProblemWhenItIsTriedAgain() throws Exception {
        felix.context().registerService(Callable.class, () -> "", new Hashtable<>(Map.of("kind", "local")));
        felix.start(ledger("1.0.0", "", "", NEEDS_CALLABLE.replace("utc", "local")));
        for (int attempt = 0; attempt < 2; attempt++) {
            Bundle newer = felix.start(ledger("2.0.0", "", "", NEEDS_CALLABLE));

            assertThat(problems(newer)).as("attempt %s", attempt).hasSize(1);

            server.stop(newer.getBundleId());
            server.uninstall(newer.getBundleId());
        }
    }

    @Test
    void whatOneOfManyComponentsMissedBeforeTheyWereStoppedIsNoProblem() throws Exception {
        Bundle older = felix.start(two("1.0.0"));
        server.stop(older.getBundleId());
        Bundle newer = felix.start(two("2.0.0"));

        assertThat(problems(newer)).isEmpty();
    }

    private static MadeBundle two(String version) {
        return ledger(version, "", "", "")
                .source(
                        "ledger.Clock",
                        "package ledger; public class Clock implements Runnable { public void run() {} }")
                .component("ledger.Clock", "", MadeBundle.provide(Runnable.class) + NEEDS_CALLABLE);
    }

    @Test
    void whatThePredecessorHadIsAProblem() throws Exception {
        var other = felix.context().registerService(Callable.class, () -> "", new Hashtable<>(Map.of("kind", "local")));
        felix.start(ledger("1.0.0", "", "", NEEDS_CALLABLE.replace("utc", "local")));
        Bundle newer = felix.start(ledger("2.0.0", "", "", NEEDS_CALLABLE));

        assertThat(problems(newer)).hasSize(1);
        assertThat(other.getReference()).isNotNull();
    }

    @Test
    void configurationThatNobodyWroteIsNoProblemButOneThatIsBoundElsewhereIs() throws Exception {
        Bundle ledger = felix.start(ledger("2.0.0", "", "configuration-policy=\"require\"", ""));
        assertThat(problems(ledger)).isEmpty();

        configure("mvn:elsewhere");

        assertThat(problems(ledger))
                .containsExactly(
                        "ledger 2.0.0 component ledger.Accounts: is not given its configuration ledger.Accounts");
    }

    @Test
    void oneOfTwoInstancesThatMissesSomethingIsFound() throws Exception {
        felix.context().registerService(Callable.class, () -> "now", new Hashtable<>(Map.of("kind", "utc")));
        Bundle ledger = felix.start(ledger("2.0.0", "", "", NEEDS_CALLABLE));
        ConfigurationAdmin admin = felix.service(ConfigurationAdmin.class);
        admin.createFactoryConfiguration("ledger.Accounts", "?").update(new Hashtable<>(Map.of("currency", "EUR")));
        admin.createFactoryConfiguration("ledger.Accounts", "?")
                .update(new Hashtable<>(Map.of("clock.target", "(kind=mars)")));

        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(problems(ledger))
                        .singleElement()
                        .asString()
                        .contains("java.util.concurrent.Callable")
                        .contains("(kind=mars)"));
    }

    @Test
    void disabledComponentIsNoProblem() throws Exception {
        Bundle ledger = felix.start(ledger("2.0.0", "", "enabled=\"false\"", NEEDS_CALLABLE));

        assertThat(problems(ledger)).isEmpty();
    }

    @Test
    void theQuestionLeavesNoServiceInUse() throws Exception {
        Bundle ledger = felix.start(ledger("2.0.0", "", "", ""));

        problems(ledger);

        assertThat(ledger.getRegisteredServices()[0].getUsingBundles()).isNull();
    }

    @Test
    void bundleWithoutComponentRuntimeHasNoProblems() throws Exception {
        Bundle ledger = felix.start(MadeBundle.of("plain", "1.0.0"));

        assertThat(problems(ledger)).isEmpty();
    }
}
