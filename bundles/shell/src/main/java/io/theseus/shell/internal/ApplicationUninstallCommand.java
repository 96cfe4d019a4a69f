// SPDX-License-Identifier: Apache-2.0
package io.theseus.shell.internal;

import io.theseus.release.ApplicationChange.Remove;
import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;

@Service
@Command(
        scope = "application",
        name = "uninstall",
        description = "Takes an application out when no call is left in it, outside of any release")
public final class ApplicationUninstallCommand extends ChangingCommand {
    @Argument(
            name = "application",
            description = "Bundle-SymbolicName of the application",
            required = true,
            multiValued = true)
    @Completion(ApplicationCompleter.class)
    List<String> words = List.of();

    @Override
    void perform() throws CommandException {
        String application = only(words);
        change("Uninstalling " + application + ".", new Remove(application));
    }
}
