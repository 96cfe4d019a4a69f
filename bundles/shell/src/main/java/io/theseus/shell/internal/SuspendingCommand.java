// SPDX-License-Identifier: Apache-2.0
package io.theseus.shell.internal;

import io.theseus.release.InstallOptions;
import org.apache.karaf.shell.api.action.Option;

/** A command that lets applications take over from others: how long calls may wait meanwhile, and what of it is shown. */
public abstract class SuspendingCommand extends ChangeCommand {
    @Option(
            name = "--drain-timeout",
            description = "How long all applications together may take to get quiet",
            valueToShowInHelp = "5s")
    String drainTimeout = "";

    @Option(
            name = "--gate-timeout",
            description = "How long a call may wait at a closed gate before it fails",
            valueToShowInHelp = "10s")
    String gateTimeout = "";

    @Option(
            name = "--verbose",
            aliases = {"-v"},
            description = "Show every step in the report")
    boolean verbose;

    /** How long to wait is as the options say, and all else as in {@code options}. */
    final InstallOptions suspending(InstallOptions options) {
        InstallOptions result = options;
        if (!drainTimeout.isEmpty()) {
            result = result.withDrainTimeout(Durations.parse("--drain-timeout", drainTimeout));
        }
        return gateTimeout.isEmpty() ? result : result.withGateTimeout(Durations.parse("--gate-timeout", gateTimeout));
    }
}
