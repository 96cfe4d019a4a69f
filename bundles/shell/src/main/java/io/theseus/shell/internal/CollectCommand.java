// SPDX-License-Identifier: Apache-2.0
package io.theseus.shell.internal;

import io.theseus.release.Report;
import io.theseus.release.Report.Figure;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;

@Service
@Command(
        scope = "release",
        name = "collect",
        description = "Asks the JVM to collect garbage and proves that the class loaders of old code are gone")
public final class CollectCommand extends HandlerCommand {
    @Option(
            name = "--verbose",
            aliases = {"-v"},
            description = "Show every step in the report")
    boolean verbose;

    @Override
    void perform() throws CommandException {
        Report report = follow(handler::collect);
        conclude(report, verbose);
        long left = report.figures().getOrDefault(Figure.LEAKED_LOADERS, 0L);
        if (left > 0) {
            throw failed("class loaders of old code left over: " + left + ", named above");
        }
    }
}
