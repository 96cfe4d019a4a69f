// SPDX-License-Identifier: Apache-2.0
package io.theseus.framework.internal;

import static io.theseus.framework.internal.FelixExtension.spec;
import static org.assertj.core.api.Assertions.assertThat;

import io.theseus.itests.made.MadeBundle;
import io.theseus.port.CodeServer.Disturbed;
import io.theseus.port.CodeServer.Watch;
import io.theseus.port.Snapshot;
import io.theseus.release.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.osgi.framework.Bundle;
import org.osgi.framework.wiring.BundleWiring;

/** A library whose successor is there, a bundle that is wired to it, one that is wired to that bundle, and one that is not. */
class RefreshingTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @RegisterExtension
    private final FelixExtension felix = new FelixExtension();

    private FrameworkCodeServer server;
    private long old;
    private Bundle report;
    private Bundle print;

    @BeforeEach
    void run() throws Exception {
        server = new FrameworkCodeServer(felix.context(), Map.of());
        old = felix.start(money("1.0.0")).getBundleId();
        report = felix.start(report("[1,2)", ""));
        print = felix.start(MadeBundle.of("print", "1.0.0").header("Import-Package", "report"));
        felix.start(MadeBundle.of("clock", "1.0.0").header("Export-Package", "clock;version=1.0.0"));
    }

    private static MadeBundle money(String version) {
        return MadeBundle.of("money", version)
                .header("Export-Package", "money;version=" + version)
                .source("money.Money", "package money; public class Money {}");
    }

    private static MadeBundle report(String range, String version) {
        return MadeBundle.of("report", "1.0.0")
                .header("Import-Package", "money;version=\"" + range + "\"")
                .header("Export-Package", "report" + version)
                .source("report.Report", "package report; public class Report {}");
    }

    private long replace(String version) throws Exception {
        long next = server.install(spec("money", version, "mvn:money/" + version), felix.file(money(version)));
        server.resolve(List.of(next));
        return next;
    }

    private List<Problem> refresh() {
        return server.refresh(Set.of(report.getBundleId(), print.getBundleId()), Set.of(old), LIMIT);
    }

    private static long provider(Bundle bundle) {
        return bundle.adapt(BundleWiring.class)
                .getRequiredWires("osgi.wiring.package")
                .get(0)
                .getProvider()
                .getBundle()
                .getBundleId();
    }

    @Test
    void thoseWiredToWhatIsGoneAreWiredToItsSuccessorAndNobodyElseStops() throws Exception {
        long next = replace("1.1.0");
        Snapshot snapshot = server.snapshot();
        assertThat(snapshot.wiredTo(Set.of(old))).containsExactly(report.getBundleId(), print.getBundleId());
        assertThat(server.unmet(Set.of(report.getBundleId()), Set.of(old))).isEmpty();
        server.uninstall(old);
        assertThat(provider(report)).isEqualTo(old);

        try (Watch watch = server.watch()) {
            assertThat(refresh()).isEmpty();

            assertThat(watch.disturbed())
                    .filteredOn(disturbed -> disturbed.what().equals("stopped"))
                    .extracting(Disturbed::bundle)
                    .containsExactlyInAnyOrder("report 1.0.0", "print 1.0.0");
        }
        assertThat(provider(report)).isEqualTo(next);
        assertThat(report.getState()).isEqualTo(Bundle.ACTIVE);
        assertThat(print.getState()).isEqualTo(Bundle.ACTIVE);
        assertThat(felix.context()
                        .getBundle(0)
                        .adapt(org.osgi.framework.wiring.FrameworkWiring.class)
                        .getRemovalPendingBundles())
                .isEmpty();
        assertThat(server.reclaim(LIMIT)).isEmpty();
    }

    @Test
    void whatNobodyOffersAnyMoreIsNamedBeforeAnythingGoes() throws Exception {
        replace("2.0.0");

        assertThat(server.unmet(Set.of(report.getBundleId(), print.getBundleId()), Set.of(old)))
                .singleElement()
                .satisfies(problem -> assertThat(problem.toString())
                        .contains("report 1.0.0", "money", "[1.0.0,2.0.0)", "2.0.0 by money 2.0.0"));
    }

    @Test
    void nobodyIsRefreshedIfOthersWouldHaveToBe() throws Exception {
        replace("1.1.0");
        server.uninstall(old);
        felix.start(MadeBundle.of("late", "1.0.0").header("Import-Package", "report"));

        assertThat(refresh()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("can-not-refresh");
            assertThat(problem.where()).isEqualTo("late 1.0.0");
        });
        assertThat(provider(report)).isEqualTo(old);
        assertThat(report.getState()).isEqualTo(Bundle.ACTIVE);
    }

    @Test
    void oneThatRanAndDoesNotStartIsNamed() throws Exception {
        server.uninstall(old);

        assertThat(refresh())
                .extracting(Problem::code, Problem::where)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple("does-not-start", "report 1.0.0"),
                        org.assertj.core.groups.Tuple.tuple("does-not-start", "print 1.0.0"));
    }
}
