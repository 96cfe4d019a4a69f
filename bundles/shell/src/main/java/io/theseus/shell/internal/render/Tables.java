// SPDX-License-Identifier: Apache-2.0
package io.theseus.shell.internal.render;

import io.theseus.release.ApplicationInfo;
import io.theseus.release.ReleaseInfo;
import io.theseus.release.Report;
import io.theseus.release.UnmanagedInfo;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import org.apache.karaf.shell.support.table.ShellTable;

/** The lists. */
public final class Tables {
    private Tables() {}

    public static ShellTable releases(List<ReleaseInfo> releases) {
        ShellTable table = table("no release", "Release", "Status", "Since", "Applications", "Bundles");
        for (ReleaseInfo info : releases) {
            table.addRow()
                    .addContent(
                            info.release().id(),
                            lower(info.status()),
                            seconds(info.since()),
                            info.release().applications().size(),
                            info.release().bundles().size());
        }
        return table;
    }

    public static ShellTable applications(List<ApplicationInfo> applications, List<UnmanagedInfo> unmanaged) {
        ShellTable table =
                table("no application", "Application", "Version", "Beside it", "Services", "Side by side", "Why not");
        for (ApplicationInfo info : applications) {
            table.addRow()
                    .addContent(
                            info.symbolicName(),
                            info.version(),
                            info.other().orElse("-"),
                            info.services(),
                            info.sideBySide() ? "yes" : "no",
                            info.why());
        }
        for (UnmanagedInfo info : unmanaged) {
            table.addRow()
                    .addContent(
                            info.symbolicName(),
                            info.version(),
                            "-",
                            "-",
                            "unmanaged",
                            "of no release: application:adopt");
        }
        return table;
    }

    public static ShellTable history(List<Report> reports) {
        ShellTable table =
                table("nothing was done yet", "No", "At", "Operation", "From", "To", "Outcome", "Took", "By", "Why");
        for (Report report : reports) {
            table.addRow()
                    .addContent(
                            report.number(),
                            seconds(report.at()),
                            report.operation(),
                            report.from(),
                            report.to(),
                            lower(report.outcome()),
                            HumanTime.of(report.took()),
                            report.who(),
                            report.reason());
        }
        return table;
    }

    private static ShellTable table(String empty, String... columns) {
        ShellTable table = new ShellTable().emptyTableText(empty);
        for (String column : columns) {
            table.column(column);
        }
        return table;
    }

    private static String seconds(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
