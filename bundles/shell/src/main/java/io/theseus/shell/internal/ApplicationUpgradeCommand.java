// SPDX-License-Identifier: Apache-2.0
package io.theseus.shell.internal;

import io.theseus.api.Direction;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;

@Service
@Command(
        scope = "application",
        name = "upgrade",
        description =
                "Takes in a newer version of one application, or another build of its version, outside of any release")
public final class ApplicationUpgradeCommand extends ReplacingCommand {
    public ApplicationUpgradeCommand() {
        super(Direction.UP);
    }
}
