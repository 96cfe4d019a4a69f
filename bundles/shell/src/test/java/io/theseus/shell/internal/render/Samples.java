// SPDX-License-Identifier: Apache-2.0
package io.theseus.shell.internal.render;

import io.theseus.api.Direction;
import io.theseus.release.ApplicationInfo;
import io.theseus.release.BundleSpec;
import io.theseus.release.DeployFolder;
import io.theseus.release.Features;
import io.theseus.release.Plan;
import io.theseus.release.Problem;
import io.theseus.release.Release;
import io.theseus.release.ReleaseId;
import io.theseus.release.ReleaseInfo;
import io.theseus.release.ReleaseStatus;
import io.theseus.release.Report;
import io.theseus.release.Status;
import io.theseus.release.UnmanagedInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.framework.Version;

/** Values that the tests show. */
public final class Samples {
    public static final ReleaseId ONE = ReleaseId.parse("shop/1.0.0");
    public static final ReleaseId TWO = ReleaseId.parse("shop/2.0.0");
    public static final Instant AT = Instant.parse("2026-11-20T10:15:30.123Z");

    public static final Problem PROBLEM = new Problem(
            "state-not-convertible", "ledger.Accounts", "the field 'limit' is lost", "add allow_loss: [limit]");

    public static final List<ReleaseInfo> RELEASES = List.of(
            new ReleaseInfo(release(TWO, "2.0.0"), ReleaseStatus.UNPACKED, AT),
            new ReleaseInfo(release(ONE, "1.0.0"), ReleaseStatus.PERMANENT, AT),
            new ReleaseInfo(release(ReleaseId.parse("shop/1.5.0"), "1.5.0"), ReleaseStatus.CURRENT, AT),
            new ReleaseInfo(release(ReleaseId.parse("shop/0.9.0"), "0.9.0"), ReleaseStatus.OLD, AT));

    public static final List<ApplicationInfo> APPLICATIONS = List.of(
            new ApplicationInfo("acme.ledger", "1.0.0", Optional.of("2.0.0"), 2, true, ""),
            new ApplicationInfo("acme.mail", "1.0.0", Optional.empty(), 0, false, "it has an activator"));

    public static final List<UnmanagedInfo> UNMANAGED = List.of(
            new UnmanagedInfo("acme.audit", "1.0.0", 70, false), new UnmanagedInfo("acme.shell", "4.0.0", 7, true));

    public static final Status STATUS = new Status(
            ONE,
            TWO,
            "baking",
            Optional.of(Duration.ofMillis(12_300)),
            List.of(new Status.BusyCall("qtp-31", "acme.checkout", List.of("a", "b", "c", "d", "e", "f", "g"))),
            List.of("acme.ledger 0.9.0"));

    public static final List<DeployFolder.Unsettled> UNSETTLED = List.of(
            new DeployFolder.Unsettled("/deploy/shop-3.0.0.yaml", true, "the ledger is broken\nthe shop too"),
            new DeployFolder.Unsettled(
                    "/deploy/shop-4.0.0.yaml", false, "waits until release shop/2.0.0 is permanent"));

    private Samples() {}

    public static Plan plan(List<Problem> problems) {
        return plan(ONE, TWO, problems);
    }

    public static Plan plan(ReleaseId from, ReleaseId to, List<Problem> problems) {
        return new Plan(
                from,
                to,
                Direction.UP,
                List.of(
                        new Plan.Row(
                                "acme.ledger", "1.0.0", "2.0.0", "update ledger.Accounts", "appup", "it holds state"),
                        new Plan.Row("acme.mail", "", "1.0.0", "add_application", "generated", "it is new")),
                List.of(
                        new Plan.Step("load_object_code acme.ledger 2.0.0", "appup.yaml:4"),
                        new Plan.Step("point_of_no_return", "generated")),
                List.of(
                        new Plan.Brought(Plan.Brought.Kind.CONFIGURATION, "acme.rates~eu", false),
                        new Plan.Brought(Plan.Brought.Kind.FILE, "etc/acme.xml", true)),
                List.of("acme.ledger is suspended; acme.checkout waits with it"),
                problems);
    }

    public static Report report(String operation, Report.Outcome outcome) {
        return report(7, operation, outcome);
    }

    public static Report report(long number, String operation, Report.Outcome outcome) {
        return new Report(
                number,
                operation,
                ONE,
                TWO,
                outcome,
                AT,
                Duration.ofMillis(1240),
                "karaf",
                "the shop asked for it",
                Map.of(
                        Report.Figure.SWITCH_US,
                        3L,
                        Report.Figure.SUSPENDED_US,
                        4120L,
                        Report.Figure.WAITED,
                        17L,
                        "bundles",
                        5L),
                List.of(new Report.Line("load acme.ledger", Duration.ofNanos(3_400))),
                outcome == Report.Outcome.DONE ? List.of() : List.of(PROBLEM));
    }

    public static Report collected(long leaked) {
        return new Report(
                8,
                "collect",
                TWO,
                TWO,
                Report.Outcome.DONE,
                AT,
                Duration.ofMillis(620),
                "karaf",
                "",
                Map.of(Report.Figure.LEAKED_LOADERS, leaked),
                List.of(),
                leaked == 0
                        ? List.of()
                        : List.of(Problem.of(
                                "leaked",
                                "acme.ledger 1.0.0",
                                "is uninstalled and something still refers to its classes")));
    }

    private static Release release(ReleaseId id, String version) {
        return new Release(
                id,
                List.of(
                        bundle("acme.ledger", version, BundleSpec.Role.APPLICATION),
                        bundle("acme.api", "1.0.0", BundleSpec.Role.LIBRARY)),
                Optional.of(new Features("mvn:acme/shop/" + version + "/xml/features", List.of("shop/" + version))));
    }

    private static BundleSpec bundle(String name, String version, BundleSpec.Role role) {
        return new BundleSpec(
                name, Version.parseVersion(version), "mvn:acme/" + name + "/" + version, "0".repeat(64), 80, role);
    }
}
