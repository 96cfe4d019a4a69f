// SPDX-License-Identifier: Apache-2.0
package io.theseus.shell.internal;

import io.theseus.api.Direction;
import io.theseus.release.ApplicationChange.Replace;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.support.CommandException;
import org.apache.karaf.shell.support.completers.FileOrUriCompleter;

/** Takes one application up or down. */
public abstract class ReplacingCommand extends ChangingCommand {
    @Argument(index = 0, name = "application", description = "Bundle-SymbolicName of the application", required = true)
    @Completion(ApplicationCompleter.class)
    String application = "";

    @Argument(
            index = 1,
            name = "bundle",
            description = "The bundle in the other version: a URL (file, http, https, mvn) or a path",
            required = true,
            multiValued = true)
    @Completion(FileOrUriCompleter.class)
    List<String> words = List.of();

    private final Direction direction;

    ReplacingCommand(Direction direction) {
        this.direction = direction;
    }

    @Override
    final void perform() throws CommandException {
        URI uri = Sources.parse(only(words), session.currentDir());
        change(
                "Taking " + application + " " + direction.name().toLowerCase(Locale.ROOT) + " to " + uri + ".",
                new Replace(direction, application, uri));
    }
}
