// SPDX-License-Identifier: Apache-2.0
package io.theseus.shell.internal;

import io.theseus.release.InstallOptions;
import io.theseus.release.Problem;
import io.theseus.release.RefusedException;
import io.theseus.release.ReleaseId;
import io.theseus.release.Report;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;
import org.apache.karaf.shell.support.completers.FileOrUriCompleter;

@Service
@Command(scope = "release", name = "eval", description = "Runs a script that was written by hand")
public final class EvalCommand extends InstallingCommand {
    @Argument(
            name = "script",
            description = "A list of low-level instructions, as release:script prints it: a URL or a path",
            required = true,
            multiValued = true)
    @Completion(FileOrUriCompleter.class)
    List<String> words = List.of();

    @Option(
            name = "--to",
            description = "The release whose code the script loads: name/version, or the version if one name has it",
            valueToShowInHelp = "none, it loads no code")
    @Completion(InstallableReleaseCompleter.class)
    String to = "";

    @Override
    void perform() throws CommandException {
        URI uri = Sources.parse(only(words), session.currentDir());
        InstallOptions options = options();
        if (to.isEmpty() && (options.bake().isPresent() || options.makePermanent())) {
            throw new RefusedException(Problem.of(
                            "bad-argument", "--to", "without it no release comes that could bake or be made permanent")
                    .withHint("name the release, or leave --bake and --permanent out"));
        }
        Optional<ReleaseId> target = to.isEmpty() ? Optional.empty() : Optional.of(find(to));
        if (!json) {
            out.println("Evaluating " + uri + ".");
        }
        Report report = follow(progress -> changing().eval(uri, target, options, progress));
        conclude(report, verbose);
        if (target.isPresent()) {
            suggest(report);
        }
    }
}
