// SPDX-License-Identifier: Apache-2.0
package io.theseus.shell.internal;

import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;

@Service
@Command(scope = "release", name = "install", description = "Takes a release in while the applications serve")
public final class InstallCommand extends InstallingCommand {
    @Argument(
            name = "release",
            description = "name/version, or the version if one name has it",
            required = true,
            multiValued = true)
    @Completion(InstallableReleaseCompleter.class)
    List<String> words = List.of();

    @Override
    void perform() throws CommandException {
        install(find(only(words)));
    }
}
