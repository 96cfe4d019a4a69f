// SPDX-License-Identifier: Apache-2.0
package io.theseus.shell.internal;

import io.theseus.api.Direction;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;

@Service
@Command(
        scope = "application",
        name = "downgrade",
        description = "Takes in an older version of one application, outside of any release")
public final class ApplicationDowngradeCommand extends ReplacingCommand {
    public ApplicationDowngradeCommand() {
        super(Direction.DOWN);
    }
}
