// SPDX-License-Identifier: Apache-2.0
package io.theseus.shell.internal;

import io.theseus.release.Plan;
import io.theseus.release.RefusedException;
import io.theseus.release.ReleaseId;
import io.theseus.shell.internal.render.PlanJson;
import io.theseus.shell.internal.render.PlanText;
import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;

@Service
@Command(
        scope = "release",
        name = "script",
        description = "Prints the script that leads to a release, and what each line was compiled from; runs nothing")
public final class ScriptCommand extends HandlerCommand {
    @Argument(
            name = "release",
            description = "name/version, or the version if one name has it",
            required = true,
            multiValued = true)
    @Completion(KnownReleaseCompleter.class)
    List<String> words = List.of();

    @Option(
            name = "--from",
            description = "The release to come from: name/version, or the version if one name has it",
            valueToShowInHelp = "the current one")
    @Completion(KnownReleaseCompleter.class)
    String from = "";

    @Override
    void perform() {
        ReleaseId target = find(only(words));
        Plan plan = from.isEmpty() ? handler.plan(target) : handler.plan(find(from), target);
        if (!plan.problems().isEmpty()) {
            throw new RefusedException(plan.problems());
        }
        if (json) {
            print(PlanJson.script(plan));
        } else {
            PlanText.printScript(plan, out);
        }
    }
}
