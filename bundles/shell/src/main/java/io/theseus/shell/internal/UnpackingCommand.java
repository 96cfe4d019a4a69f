// SPDX-License-Identifier: Apache-2.0
package io.theseus.shell.internal;

import io.theseus.release.ReleaseInfo;
import io.theseus.release.ReleaseStatus;
import io.theseus.shell.internal.render.ReleaseJson;
import java.util.Locale;

/** What commands that bring a release into the store have in common: how they tell of it. */
public abstract class UnpackingCommand extends HandlerCommand {
    final void tell(ReleaseInfo info) {
        if (json) {
            print(ReleaseJson.of(info));
            return;
        }
        if (info.status() != ReleaseStatus.UNPACKED) {
            out.println(info.release().id() + " is known with the same content, and "
                    + info.status().name().toLowerCase(Locale.ROOT) + ".");
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
