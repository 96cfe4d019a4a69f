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
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;

@Service
@Command(
        scope = "application",
        name = "adopt",
        description = "Brings applications that ran before Theseus came under stable services, in one step")
public final class ApplicationAdoptCommand extends SuspendingCommand {
    @Argument(
            name = "application",
            description = "Bundle-SymbolicNames of the applications; those that call each other belong in one step",
            required = true,
            multiValued = true)
    @Completion(StrangerCompleter.class)
    List<String> words = List.of();

    @Override
    void perform() throws CommandException {
        List<String> names = words(words, 1, Integer.MAX_VALUE);
        InstallOptions options = suspending(InstallOptions.DEFAULT.thenPermanent());
        if (!json) {
            out.println("Adopting " + String.join(", ", names) + ".");
        }
        List<ApplicationChange> changes =
                names.stream().<ApplicationChange>map(Adopt::new).toList();
        Report report = follow(progress -> changing().change(changes, options, progress));
        conclude(report, verbose);
    }
}
