// SPDX-License-Identifier: Apache-2.0
package io.theseus.shell.internal;

import io.theseus.release.Plan;
import io.theseus.shell.internal.render.PlanJson;
import io.theseus.shell.internal.render.PlanText;
import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;

@Service
@Command(scope = "release", name = "plan", description = "Shows what installing a release would do; runs nothing")
public final class PlanCommand extends HandlerCommand {
    @Argument(
            name = "release",
            description = "name/version, or the version if one name has it",
            required = true,
            multiValued = true)
    @Completion(InstallableReleaseCompleter.class)
    List<String> words = List.of();

    @Override
    void perform() throws CommandException {
        Plan plan = handler.plan(find(only(words)));
        if (json) {
            print(PlanJson.of(plan));
        } else {
            PlanText.print(plan, out);
        }
        if (!plan.problems().isEmpty()) {
            throw failed(PlanText.verdict(plan));
        }
    }
}
