// SPDX-License-Identifier: Apache-2.0
package io.theseus.shell.internal;

import io.theseus.release.ReleaseInfo;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;
import org.apache.karaf.shell.support.completers.FileOrUriCompleter;

@Service
@Command(scope = "release", name = "set-unpacked", description = "Stores a release whose files lie in a folder")
public final class SetUnpackedCommand extends UnpackingCommand {
    @Argument(
            name = "source and folder",
            description = "Feature repository (XML) or release file (YAML), and the folder with its bundles",
            required = true,
            multiValued = true)
    @Completion(FileOrUriCompleter.class)
    List<String> words = List.of();

    @Override
    void perform() throws CommandException {
        List<String> two = words(words, 2, 2);
        URI uri = Sources.parse(two.get(0), session.currentDir());
        Path folder = session.currentDir().resolve(two.get(1));
        ReleaseInfo info = follow(progress -> handler.setUnpacked(uri, folder));
        tell(info);
    }
}
