// SPDX-License-Identifier: Apache-2.0
package io.theseus.shell.internal;

import io.theseus.release.ApplicationInfo;
import io.theseus.shell.internal.render.ApplicationJson;
import io.theseus.shell.internal.render.Tables;
import java.util.List;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;

@Service
@Command(scope = "application", name = "list", description = "Lists the applications that run in this container")
public final class ApplicationListCommand extends HandlerCommand {
    @Override
    void perform() {
        List<ApplicationInfo> applications = handler.applications();
        if (json) {
            print(applications.stream().map(ApplicationJson::of).toList());
        } else {
            Tables.applications(applications).print(out);
        }
    }
}
