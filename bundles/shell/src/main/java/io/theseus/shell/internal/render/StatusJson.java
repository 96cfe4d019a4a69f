// SPDX-License-Identifier: Apache-2.0
package io.theseus.shell.internal.render;

import io.theseus.release.DeployFolder.Unsettled;
import io.theseus.release.Status;
import java.util.List;
import java.util.Map;

/** The status as JSON; {@code baked_ms} is there while a release bakes. */
public final class StatusJson {
    private StatusJson() {}

    public static Map<String, Object> of(Status status, List<Unsettled> unsettled) {
        Map<String, Object> object = Json.object(
                "permanent", status.permanent().toString(),
                "current", status.current().toString(),
                "activity", status.activity());
        status.baked().ifPresent(time -> object.put("baked_ms", time.toMillis()));
        object.put("busy", status.busy().stream().map(StatusJson::of).toList());
        object.put("unreclaimed", status.unreclaimed());
        object.put("files", unsettled.stream().map(StatusJson::of).toList());
        return object;
    }

    private static Map<String, Object> of(Unsettled file) {
        return Json.object("file", file.file(), "state", StatusText.state(file), "reason", file.text());
    }

    private static Map<String, Object> of(Status.BusyCall call) {
        return Json.object("thread", call.thread(), "application", call.application(), "stack", call.stack());
    }
}
