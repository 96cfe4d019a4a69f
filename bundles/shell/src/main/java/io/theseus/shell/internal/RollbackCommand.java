// SPDX-License-Identifier: Apache-2.0
package io.theseus.shell.internal;

import io.theseus.release.Status;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;

@Service
@Command(
        scope = "release",
        name = "rollback",
        description = "Goes back from the current release to the permanent one, whose code is still warm")
public final class RollbackCommand extends ChangeCommand {
    @Option(name = "--lose-state", description = "Go back even where no down entry of an appup hands the state back")
    boolean loseState;

    @Option(
            name = "--verbose",
            aliases = {"-v"},
            description = "Show every step in the report")
    boolean verbose;

    @Override
    void perform() throws CommandException {
        Status status = handler.status();
        if (!json && !status.current().equals(status.permanent())) {
            out.println("Going back from " + status.current() + " to " + status.permanent() + ".");
        }
        conclude(follow(progress -> changing().rollback(loseState, progress)), verbose);
    }
}
