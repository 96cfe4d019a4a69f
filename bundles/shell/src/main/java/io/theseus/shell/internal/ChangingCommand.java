// SPDX-License-Identifier: Apache-2.0
package io.theseus.shell.internal;

import io.theseus.release.ApplicationChange;
import io.theseus.release.InstallOptions;
import io.theseus.release.Report;
import java.util.List;
import org.apache.karaf.shell.support.CommandException;

/** Changes one application. */
public abstract class ChangingCommand extends InstallingCommand {
    /** @param doing what is done, for a person who waits for it */
    final void change(String doing, ApplicationChange change) throws CommandException {
        InstallOptions options = options();
        if (!json) {
            out.println(doing);
        }
        Report report = follow(progress -> changing().change(List.of(change), options, progress));
        conclude(report, verbose);
        suggest(report);
    }
}
