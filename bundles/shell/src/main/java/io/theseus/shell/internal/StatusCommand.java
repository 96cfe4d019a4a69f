// SPDX-License-Identifier: Apache-2.0
package io.theseus.shell.internal;

import io.theseus.release.Status;
import io.theseus.shell.internal.render.StatusJson;
import io.theseus.shell.internal.render.StatusText;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;

@Service
@Command(
        scope = "release",
        name = "status",
        description = "Shows what runs, what release handling does, and which calls are left in old code")
public final class StatusCommand extends HandlerCommand {
    @Option(
            name = "--verbose",
            aliases = {"-v"},
            description = "Show whole stacks")
    boolean verbose;

    @Override
    void perform() {
        Status status = handler.status();
        if (json) {
            print(StatusJson.of(status));
        } else {
            StatusText.print(status, verbose, out);
        }
    }
}
