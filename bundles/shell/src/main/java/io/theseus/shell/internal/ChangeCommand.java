// SPDX-License-Identifier: Apache-2.0
package io.theseus.shell.internal;

import io.theseus.release.ReleaseHandler;
import org.apache.karaf.shell.api.action.Option;

/** A command that changes something, and may say why. */
public abstract class ChangeCommand extends HandlerCommand {
    @Option(name = "--reason", description = "Why, for the history")
    String reason = "";

    /** Whom to ask for the change, once the options are known. */
    final ReleaseHandler changing() {
        return reason.isBlank() ? handler : handler.because(reason.strip());
    }
}
