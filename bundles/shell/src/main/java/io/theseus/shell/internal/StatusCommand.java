// SPDX-License-Identifier: Apache-2.0
package io.theseus.shell.internal;

import io.theseus.release.DeployFolder;
import io.theseus.release.DeployFolder.Unsettled;
import io.theseus.release.Status;
import io.theseus.shell.internal.render.StatusJson;
import io.theseus.shell.internal.render.StatusText;
import java.util.List;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.jspecify.annotations.Nullable;

@Service
@Command(
        scope = "release",
        name = "status",
        description =
                "Shows what runs, what release handling does, which calls are left in old code, and dropped files that wait")
public final class StatusCommand extends HandlerCommand {
    @Option(
            name = "--verbose",
            aliases = {"-v"},
            description = "Show whole stacks")
    boolean verbose;

    @Reference(optional = true)
    @Nullable
    DeployFolder folder;

    @Override
    void perform() {
        Status status = handler.status();
        List<Unsettled> unsettled = folder == null ? List.of() : folder.unsettled();
        if (json) {
            print(StatusJson.of(status, unsettled));
        } else {
            StatusText.print(status, unsettled, verbose, out);
        }
    }
}
