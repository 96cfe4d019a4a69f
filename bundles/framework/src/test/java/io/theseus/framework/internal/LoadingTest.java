// SPDX-License-Identifier: Apache-2.0
package io.theseus.framework.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.theseus.itests.made.MadeBundle;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.osgi.framework.Bundle;
import org.osgi.framework.wiring.BundleWiring;

class LoadingTest {
    private static final List<String> CLASSES = List.of("ledger.Accounts", "ledger.Rates", "ledger.Report");

    @RegisterExtension
    private final FelixExtension felix = new FelixExtension();

    private FrameworkCodeServer server;

    @BeforeEach
    void open() {
        server = new FrameworkCodeServer(felix.context(), Map.of());
    }

    @AfterEach
    void close() {
        server.close();
    }

    private static MadeBundle ledger(String version) {
        return MadeBundle.of("ledger", version)
                .source(
                        "ledger.Accounts",
                        "package ledger; public class Accounts { static { System.setProperty(\"ledger.ran\", \"yes\"); } }")
                .source("ledger.Rates", "package ledger; public class Rates {}")
                .source("ledger.Report", "package ledger; public class Report {}");
    }

    private Bundle resolved(MadeBundle bundle) throws Exception {
        Bundle installed = felix.install(bundle);
        server.resolve(List.of(installed.getBundleId()));
        return installed;
    }

    private int load(Bundle bundle, Bundle like) {
        return server.load(bundle.getBundleId(), like.getBundleId());
    }

    private static Stream<String> loaded(Bundle bundle) throws Exception {
        Method find = ClassLoader.class.getDeclaredMethod("findLoadedClass", String.class);
        find.setAccessible(true);
        ClassLoader loader = bundle.adapt(BundleWiring.class).getClassLoader();
        return CLASSES.stream().filter(name -> {
            try {
                return find.invoke(loader, name) != null;
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    @Test
    void whatTheOldBundleHasLoadedIsLoadedAndNoneOfItRuns() throws Exception {
        Bundle old = resolved(ledger("1.0.0"));
        old.loadClass("ledger.Accounts");
        old.loadClass("ledger.Report");
        Bundle next = resolved(ledger("2.0.0"));

        assertThat(load(next, old)).isEqualTo(2);

        assertThat(System.getProperty("ledger.ran")).isNull();
        assertThat(loaded(next)).containsExactly("ledger.Accounts", "ledger.Report");
        assertThat(loaded(old)).containsExactly("ledger.Accounts", "ledger.Report");
        assertThat(next.getState()).isEqualTo(Bundle.RESOLVED);
    }

    @Test
    void aClassThatIsGoneOrDoesNotLinkIsPassedOver() throws Exception {
        Bundle old = resolved(ledger("1.0.0"));
        for (String name : CLASSES) {
            old.loadClass(name);
        }
        Bundle next = resolved(MadeBundle.of("ledger", "2.0.0")
                .against("gone.Base", "package gone; public class Base {}")
                .source("ledger.Accounts", "package ledger; public class Accounts extends gone.Base {}")
                .source("ledger.Report", "package ledger; public class Report { public Report(gone.Base base) {} }")
                .source("ledger.Rates", "package ledger; public class Rates {}"));

        assertThat(load(next, old)).isEqualTo(1);
        assertThat(loaded(next)).contains("ledger.Rates").doesNotContain("ledger.Accounts");
    }

    @Test
    void aFragmentHasNoClassesOfItsOwn() throws Exception {
        felix.install(MadeBundle.of("host", "1.0.0"));
        Bundle fragment = resolved(ledger("1.0.0").header("Fragment-Host", "host"));

        assertThat(load(fragment, fragment)).isZero();
    }

    @Test
    void aBundleThatWaitsForItsFirstClassStillDoes() throws Exception {
        Bundle old = resolved(ledger("1.0.0"));
        old.loadClass("ledger.Rates");
        Bundle next = resolved(ledger("2.0.0").header("Bundle-ActivationPolicy", "lazy"));
        next.start(Bundle.START_ACTIVATION_POLICY);

        assertThat(load(next, old)).isZero();

        assertThat(next.getState()).isEqualTo(Bundle.STARTING);
    }
}
