// SPDX-License-Identifier: Apache-2.0
package io.theseus.shell.internal;

import io.theseus.release.ReleaseId;
import io.theseus.shell.internal.render.ReleaseJson;
import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;

@Service
@Command(scope = "release", name = "remove", description = "Forgets a release and removes what no other release uses")
public final class RemoveCommand extends ChangeCommand {
    @Argument(
            name = "release",
            description = "name/version, or the version if one name has it",
            required = true,
            multiValued = true)
    @Completion(RemovableReleaseCompleter.class)
    List<String> words = List.of();

    @Override
    void perform() throws CommandException {
        ReleaseId target = find(only(words));
        follow(progress -> {
            changing().remove(target);
            return target;
        });
        if (json) {
            print(ReleaseJson.removed(target));
        } else {
            out.println("Removed " + target + ".");
        }
    }
}
