// SPDX-License-Identifier: Apache-2.0
package io.theseus.shell.internal;

import io.theseus.release.ReleaseInfo;
import java.net.URI;
import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;
import org.apache.karaf.shell.support.completers.FileOrUriCompleter;

@Service
@Command(scope = "release", name = "unpack", description = "Reads, verifies and stores a release; runs nothing of it")
public final class UnpackCommand extends UnpackingCommand {
    @Argument(
            name = "source and features",
            description = "Feature repository (XML) or release file (YAML): a URL (file, http, https, mvn) or a path;"
                    + " then features of the repository, or none for all",
            required = true,
            multiValued = true)
    @Completion(FileOrUriCompleter.class)
    List<String> words = List.of();

    @Override
    void perform() throws CommandException {
        List<String> all = words(words, 1, 100);
        URI uri = Sources.parse(all.get(0), session.currentDir());
        ReleaseInfo info = follow(progress -> handler.unpack(uri, all.subList(1, all.size())));
        tell(info);
    }
}
