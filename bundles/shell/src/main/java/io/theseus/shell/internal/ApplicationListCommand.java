// SPDX-License-Identifier: Apache-2.0
package io.theseus.shell.internal;

import io.theseus.release.ApplicationInfo;
import io.theseus.release.UnmanagedInfo;
import io.theseus.shell.internal.render.ApplicationJson;
import io.theseus.shell.internal.render.Tables;
import java.util.List;
import java.util.stream.Stream;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;

@Service
@Command(scope = "application", name = "list", description = "Lists the applications that run in this container")
public final class ApplicationListCommand extends HandlerCommand {
    @Option(
            name = "--all",
            description = "Show also bundles of the container itself that work and belong to no release")
    boolean all;

    @Override
    void perform() {
        List<ApplicationInfo> applications = handler.applications();
        List<UnmanagedInfo> unmanaged = handler.unmanaged().stream()
                .filter(info -> all || !info.container())
                .toList();
        if (json) {
            print(Stream.concat(
                            applications.stream().map(ApplicationJson::of),
                            unmanaged.stream().map(ApplicationJson::of))
                    .toList());
        } else {
            Tables.applications(applications, unmanaged).print(out);
        }
    }
}
