// SPDX-License-Identifier: Apache-2.0
package io.theseus.shell.internal.render;

import io.theseus.release.ApplicationInfo;
import io.theseus.release.UnmanagedInfo;
import java.util.Map;

/** Applications as JSON; {@code other} is there while a second version is kept. */
public final class ApplicationJson {
    private ApplicationJson() {}

    public static Map<String, Object> of(ApplicationInfo info) {
        Map<String, Object> object =
                Json.object("application", info.symbolicName(), "version", info.version(), "managed", true);
        info.other().ifPresent(version -> object.put("other", version));
        object.put("services", info.services());
        object.put("side_by_side", info.sideBySide());
        object.put("why", info.why());
        return object;
    }

    /** One that belongs to no release. */
    public static Map<String, Object> of(UnmanagedInfo info) {
        return Json.object(
                "application",
                info.symbolicName(),
                "version",
                info.version(),
                "managed",
                false,
                "bundle",
                info.bundle());
    }
}
