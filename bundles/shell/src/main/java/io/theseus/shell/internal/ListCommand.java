// SPDX-License-Identifier: Apache-2.0
package io.theseus.shell.internal;

import io.theseus.release.ReleaseInfo;
import io.theseus.shell.internal.render.ReleaseJson;
import io.theseus.shell.internal.render.Tables;
import java.util.List;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;

@Service
@Command(scope = "release", name = "list", description = "Lists the releases this container knows")
public final class ListCommand extends HandlerCommand {
    @Override
    void perform() {
        List<ReleaseInfo> releases = handler.releases();
        if (json) {
            print(releases.stream().map(ReleaseJson::of).toList());
        } else {
            Tables.releases(releases).print(out);
        }
    }
}
