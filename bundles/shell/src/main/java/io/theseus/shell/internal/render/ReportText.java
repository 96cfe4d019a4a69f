// SPDX-License-Identifier: Apache-2.0
package io.theseus.shell.internal.render;

import io.theseus.release.Report;
import java.io.PrintStream;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** A report for people: outcome, figures, steps if wanted, problems. Figures that are absent are not shown. */
public final class ReportText {
    private ReportText() {}

    public static void print(Report report, boolean steps, PrintStream out) {
        out.println(verdict(report));
        out.println("  report " + report.number() + ", at " + report.at().truncatedTo(ChronoUnit.SECONDS) + ", by "
                + report.who() + ", took " + HumanTime.of(report.took()));
        if (!report.reason().isEmpty()) {
            out.println("  why: " + report.reason());
        }
        FigureLines.of(report.figures()).forEach(line -> out.println("  " + line));
        if (steps && !report.steps().isEmpty()) {
            out.println("Steps:");
            report.steps()
                    .forEach(step -> out.println(
                            String.format(Locale.ROOT, "%12s  %s", HumanTime.of(step.took()), step.text())));
        }
        if (!report.problems().isEmpty()) {
            out.println("Problems:");
            out.println(RefusalText.lines(report.problems()));
        }
    }

    /** How it ended, in one sentence. */
    public static String verdict(Report report) {
        String subject = subject(report);
        return switch (report.outcome()) {
            case DONE -> subject + ": done.";
            case RESTARTING -> subject + ": the container restarts into " + report.to() + " now.";
            case REFUSED -> subject + ": refused. Nothing has changed.";
            case UNDONE -> subject + ": failed and taken back. " + report.from() + " runs as before.";
            case UNHEALTHY ->
                subject
                        + ": done, but it is not well, and was not rolled back. Decide with release:rollback --lose-state or release:make-permanent.";
            case BROKEN ->
                subject
                        + ": failed, and taking it back failed too. Restart the container: it starts the permanent release.";
            case INTERRUPTED -> subject + ": the JVM ended before this did.";
        };
    }

    private static String subject(Report report) {
        String releases =
                report.from().equals(report.to()) ? report.to().toString() : report.from() + " -> " + report.to();
        return report.operation() + " " + releases;
    }
}
