// SPDX-License-Identifier: Apache-2.0
package io.theseus.shell.internal.render;

import io.theseus.release.Plan;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import org.apache.karaf.shell.support.table.ShellTable;

/** A plan for people. */
public final class PlanText {
    private PlanText() {}

    /** All of it: rows with reasons, script, notes, problems. */
    public static void print(Plan plan, PrintStream out) {
        heading(plan, out);
        table(plan, true).print(out);
        if (!plan.script().isEmpty()) {
            out.println("Script:");
            plan.script().forEach(step -> out.println("  " + step.instruction() + "  # " + step.from()));
        }
        lines("Brings, and takes away again if it is taken back:", brought(plan, false), out);
        lines("Leaves as it is, since it is there:", brought(plan, true), out);
        lines("Notes:", plan.notes(), out);
        if (!plan.problems().isEmpty()) {
            out.println("Problems:");
            out.println(RefusalText.lines(plan.problems()));
        }
    }

    /** The rows and the notes, for what is about to be done. */
    public static void printRows(Plan plan, PrintStream out) {
        heading(plan, out);
        table(plan, false).print(out);
        lines("Brings:", brought(plan, false), out);
        lines("Notes:", plan.notes(), out);
    }

    /** The script alone, in the words in which it can be written: what is no instruction is a comment. */
    public static void printScript(Plan plan, PrintStream out) {
        out.print("# ");
        heading(plan, out);
        plan.notes().forEach(note -> out.println("# " + note));
        plan.script().forEach(step -> out.println("- " + step.instruction() + "  # " + step.from()));
    }

    public static String verdict(Plan plan) {
        int problems = plan.problems().size();
        return plan.to() + " can not be installed: " + problems + (problems == 1 ? " problem" : " problems");
    }

    private static void heading(Plan plan, PrintStream out) {
        out.println(plan.from() + " -> " + plan.to() + " ("
                + plan.direction().name().toLowerCase(Locale.ROOT) + ")");
    }

    private static ShellTable table(Plan plan, boolean reasons) {
        ShellTable table = new ShellTable().emptyTableText("no bundle changes");
        table.column("Application");
        table.column("From");
        table.column("To");
        table.column("How");
        table.column("By");
        if (reasons) {
            table.column("Why");
        }
        for (Plan.Row row : plan.applications()) {
            table.addRow()
                    .addContent(
                            row.application(),
                            orDash(row.from()),
                            orDash(row.to()),
                            row.how(),
                            row.origin(),
                            row.why());
        }
        return table;
    }

    private static String orDash(String version) {
        return version.isEmpty() ? "-" : version;
    }

    private static List<String> brought(Plan plan, boolean there) {
        return plan.brings().stream()
                .filter(brought -> brought.there() == there)
                .map(brought -> brought.kind().name().toLowerCase(Locale.ROOT) + " " + brought.name())
                .toList();
    }

    private static void lines(String heading, List<String> lines, PrintStream out) {
        if (!lines.isEmpty()) {
            out.println(heading);
            lines.forEach(line -> out.println("  " + line));
        }
    }
}
