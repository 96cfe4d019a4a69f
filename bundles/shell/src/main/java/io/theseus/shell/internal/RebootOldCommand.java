// SPDX-License-Identifier: Apache-2.0
package io.theseus.shell.internal;

import io.theseus.release.ReleaseId;
import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;

@Service
@Command(
        scope = "release",
        name = "reboot-old",
        description = "Makes an old release permanent and restarts the container into it")
public final class RebootOldCommand extends ChangeCommand {
    @Argument(
            name = "release",
            description = "name/version, or the version if one name has it",
            required = true,
            multiValued = true)
    @Completion(OldReleaseCompleter.class)
    List<String> words = List.of();

    @Option(
            name = "--verbose",
            aliases = {"-v"},
            description = "Show every step in the report")
    boolean verbose;

    @Override
    void perform() throws CommandException {
        ReleaseId target = find(only(words));
        conclude(follow(progress -> changing().rebootOld(target, progress)), verbose);
        if (!json) {
            out.println("The container restarts now.");
        }
    }
}
