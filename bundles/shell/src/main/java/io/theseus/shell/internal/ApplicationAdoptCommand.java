// SPDX-License-Identifier: Apache-2.0
package io.theseus.shell.internal;

import io.theseus.release.ApplicationChange;
import io.theseus.release.ApplicationChange.Adopt;
import io.theseus.release.InstallOptions;
import io.theseus.release.Report;
import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;

@Service
@Command(
        scope = "application",
        name = "adopt",
        description = "Brings applications that ran before Theseus came under stable services, in one step")
public final class ApplicationAdoptCommand extends ChangeCommand {
    @Argument(
            name = "application",
            description = "Bundle-SymbolicNames of the applications; those that call each other belong in one step",
            required = true,
            multiValued = true)
    @Completion(StrangerCompleter.class)
    List<String> words = List.of();

    @Option(
            name = "--drain-timeout",
            description = "How long all applications together may take to get quiet",
            valueToShowInHelp = "5s")
    String drainTimeout = "";

    @Option(
            name = "--gate-timeout",
            description = "How long a call may wait at a closed gate before it fails",
            valueToShowInHelp = "10s")
    String gateTimeout = "";

    @Option(
            name = "--verbose",
            aliases = {"-v"},
            description = "Show every step in the report")
    boolean verbose;

    @Override
    void perform() throws CommandException {
        List<String> names = words(words, 1, Integer.MAX_VALUE);
        InstallOptions options = options();
        if (!json) {
            out.println("Adopting " + String.join(", ", names) + ".");
        }
        List<ApplicationChange> changes =
                names.stream().<ApplicationChange>map(Adopt::new).toList();
        Report report = follow(progress -> changing().change(changes, options, progress));
        conclude(report, verbose);
    }

    private InstallOptions options() {
        InstallOptions options = InstallOptions.DEFAULT.thenPermanent();
        if (!drainTimeout.isEmpty()) {
            options = options.withDrainTimeout(Durations.parse("--drain-timeout", drainTimeout));
        }
        return gateTimeout.isEmpty()
                ? options
                : options.withGateTimeout(Durations.parse("--gate-timeout", gateTimeout));
    }
}
