// SPDX-License-Identifier: Apache-2.0
package io.theseus.shell.internal;

import io.theseus.release.PermanentOptions;
import io.theseus.release.Problem;
import io.theseus.release.RefusedException;
import io.theseus.release.ReleaseHandler.Purge;
import io.theseus.release.ReleaseId;
import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;
import org.apache.karaf.shell.support.completers.StringsCompleter;

@Service
@Command(
        scope = "release",
        name = "make-permanent",
        description = "Keeps the current release over restarts and drops the old code")
public final class MakePermanentCommand extends ChangeCommand {
    @Argument(
            name = "release",
            description = "name/version, or the version if one name has it",
            multiValued = true,
            valueToShowInHelp = "the current one")
    @Completion(CurrentReleaseCompleter.class)
    List<String> words = List.of();

    @Option(
            name = "--purge",
            description = "soft refuses while calls are left in old code, brutal interrupts them",
            valueToShowInHelp = "soft")
    @Completion(
            value = StringsCompleter.class,
            values = {"soft", "brutal"})
    String purge = "soft";

    @Option(
            name = "--refresh",
            description = "Wire bundles of no release anew that use a library which goes: they stop and start again")
    boolean refresh;

    @Option(
            name = "--verbose",
            aliases = {"-v"},
            description = "Show every step in the report")
    boolean verbose;

    @Override
    void perform() throws CommandException {
        List<String> typed = words(words, 0, 1);
        ReleaseId target = typed.isEmpty() ? handler.status().current() : find(typed.get(0));
        PermanentOptions options = options();
        if (!json && target.equals(handler.status().current())) {
            out.println("Making " + target + " permanent: the old code is dropped.");
        }
        conclude(follow(progress -> changing().makePermanent(target, options, progress)), verbose);
    }

    private PermanentOptions options() {
        PermanentOptions options = PermanentOptions.DEFAULT.purging(purge(purge));
        return refresh ? options.refreshing() : options;
    }

    private static Purge purge(String text) {
        return switch (text) {
            case "soft" -> Purge.SOFT;
            case "brutal" -> Purge.BRUTAL;
            default ->
                throw new RefusedException(Problem.of("bad-argument", "--purge", "there is no purge '" + text + "'")
                        .withHint("write soft or brutal"));
        };
    }
}
