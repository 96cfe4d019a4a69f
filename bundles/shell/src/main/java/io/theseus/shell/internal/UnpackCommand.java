// SPDX-License-Identifier: Apache-2.0
package io.theseus.shell.internal;

import io.theseus.release.ReleaseInfo;
import io.theseus.shell.internal.render.ReleaseJson;
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
public final class UnpackCommand extends HandlerCommand {
    @Argument(
            name = "source",
            description = "Feature repository (XML) or release file (YAML): a URL (file, http, https, mvn) or a path",
            required = true,
            multiValued = true)
    @Completion(FileOrUriCompleter.class)
    List<String> words = List.of();

    @Override
    void perform() throws CommandException {
        URI uri = Sources.parse(only(words), session.currentDir());
        ReleaseInfo info = follow(progress -> handler.unpack(uri));
        if (json) {
            print(ReleaseJson.of(info));
            return;
        }
        int bundles = info.release().bundles().size();
        int applications = info.release().applications().size();
        out.println("Unpacked " + info.release().id() + ": " + counted(bundles, "bundle") + ", "
                + counted(applications, "application") + " among them.");
        out.println("Next: release:plan " + info.release().id());
    }

    private static String counted(int number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }
}
