// SPDX-License-Identifier: Apache-2.0
package io.theseus.shell.internal.render;

import io.theseus.release.BundleSpec;
import io.theseus.release.ReleaseId;
import io.theseus.release.ReleaseInfo;
import java.util.Map;

/** Releases as JSON. */
public final class ReleaseJson {
    private ReleaseJson() {}

    public static Map<String, Object> of(ReleaseInfo info) {
        return Json.object(
                "release", info.release().id().toString(),
                "status", Json.word(info.status()),
                "since", info.since().toString(),
                "bundles",
                        info.release().bundles().stream().map(ReleaseJson::of).toList());
    }

    public static Map<String, Object> removed(ReleaseId id) {
        return Json.object("release", id.toString(), "status", "removed");
    }

    private static Map<String, Object> of(BundleSpec bundle) {
        return Json.object(
                "symbolic_name", bundle.symbolicName(),
                "version", bundle.version().toString(),
                "location", bundle.location(),
                "sha256", bundle.sha256(),
                "start_level", bundle.startLevel(),
                "role", Json.word(bundle.role()),
                "type", Json.word(bundle.type()));
    }
}
