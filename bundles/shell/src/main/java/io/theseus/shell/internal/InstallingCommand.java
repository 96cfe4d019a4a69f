// SPDX-License-Identifier: Apache-2.0
package io.theseus.shell.internal;

import io.theseus.release.InstallOptions;
import io.theseus.release.Problem;
import io.theseus.release.RefusedException;
import io.theseus.release.ReleaseId;
import io.theseus.release.Report;
import io.theseus.shell.internal.render.PlanText;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.support.CommandException;

/** A command that changes what runs: how to install, and what to do next. */
public abstract class InstallingCommand extends SuspendingCommand {
    @Option(
            name = "--bake",
            description = "Watch the new code for this long (30s, 2m); what fails meanwhile rolls back",
            valueToShowInHelp = "no watching")
    String bake = "";

    @Option(
            name = "--permanent",
            description = "Make it permanent when the bake has ended well, or at once without a bake")
    boolean permanent;

    @Option(
            name = "--refresh",
            description =
                    "With --permanent: wire bundles of no release anew that use a library which goes; they stop and start again")
    boolean refresh;

    @Option(name = "--timeout", description = "How long the install may take, without the bake, before it is undone")
    String timeout = "";

    @Option(
            name = "--restart-limit",
            description = "How long a container that the script restarts may take to come up well before it goes back",
            valueToShowInHelp = "2m")
    String restartLimit = "";

    @Option(name = "--force", description = "If the current release is not permanent yet, make it permanent first")
    boolean force;

    final InstallOptions options() {
        InstallOptions options = suspending(InstallOptions.DEFAULT);
        if (!bake.isEmpty()) {
            options = options.withBake(Durations.parse("--bake", bake));
        }
        if (!timeout.isEmpty()) {
            options = options.withTimeout(Durations.parse("--timeout", timeout));
        }
        if (!restartLimit.isEmpty()) {
            options = options.withRestartLimit(Durations.parse("--restart-limit", restartLimit));
        }
        if (permanent) {
            options = options.thenPermanent();
        }
        if (refresh) {
            options = refreshing(options);
        }
        return force ? options.forced() : options;
    }

    private static InstallOptions refreshing(InstallOptions options) {
        if (!options.makePermanent()) {
            throw new RefusedException(
                    Problem.of("bad-argument", "--refresh", "nothing goes before the release is permanent")
                            .withHint("add --permanent, or give it to release:make-permanent"));
        }
        return options.refreshing();
    }

    /** Shows what an install will do, does it, and says how it went. */
    final void install(ReleaseId target) throws CommandException {
        InstallOptions options = options();
        if (!json) {
            PlanText.printRows(handler.plan(target), out);
        }
        Report report = follow(progress -> changing().install(target, options, progress));
        conclude(report, verbose);
        suggest(report);
    }

    private String limit() {
        return restartLimit.isEmpty() ? "2m" : restartLimit;
    }

    final void suggest(Report report) {
        if (!json && report.outcome() == Report.Outcome.RESTARTING) {
            out.println("This session ends. If all of it does not come up well within " + limit()
                    + ", the container goes back to " + report.from()
                    + ". Next: release:status, and release:history has the report of the trial");
        } else if (!json && !permanent) {
            out.println("A restart leads back to " + handler.status().permanent() + ". Next: release:make-permanent "
                    + report.to() + ", or release:rollback");
        }
    }
}
