// SPDX-License-Identifier: Apache-2.0
package io.theseus.shell.internal;

import io.theseus.release.ApplicationChange.Add;
import java.net.URI;
import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;
import org.apache.karaf.shell.support.completers.FileOrUriCompleter;

@Service
@Command(
        scope = "application",
        name = "install",
        description = "Takes in an application that the current release does not have, outside of any release")
public final class ApplicationInstallCommand extends ChangingCommand {
    @Argument(
            name = "bundle",
            description = "Its bundle: a URL (file, http, https, mvn) or a path",
            required = true,
            multiValued = true)
    @Completion(FileOrUriCompleter.class)
    List<String> words = List.of();

    @Override
    void perform() throws CommandException {
        URI uri = Sources.parse(only(words), session.currentDir());
        change("Installing " + uri + ".", new Add(uri));
    }
}
