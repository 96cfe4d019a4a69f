// SPDX-License-Identifier: Apache-2.0
package io.theseus.shell.internal.render;

import io.theseus.release.DeployFolder.Unsettled;
import io.theseus.release.Status;
import java.io.PrintStream;
import java.util.List;

/** What release handling is doing, for people. */
public final class StatusText {
    private static final int FRAMES = 5;

    private StatusText() {}

    public static void print(Status status, List<Unsettled> unsettled, boolean wholeStacks, PrintStream out) {
        out.println("Permanent  " + status.permanent());
        out.println("Current    " + status.current());
        out.println("Activity   " + status.activity()
                + status.baked().map(time -> ", for " + HumanTime.of(time)).orElse(""));
        out.println("Calls left in the generation that is not current: "
                + status.busy().size());
        for (Status.BusyCall call : status.busy()) {
            out.println("  " + call.thread() + " in " + call.application());
            print(call.stack(), wholeStacks, out);
        }
        if (!status.unreclaimed().isEmpty()) {
            out.println("Purged, but the class loader has not been collected yet (release:collect asks for that):");
            status.unreclaimed().forEach(bundle -> out.println("  " + bundle));
        }
        if (!unsettled.isEmpty()) {
            out.println("Dropped files that were refused or wait:");
            for (Unsettled file : unsettled) {
                out.println("  " + file.file() + " " + state(file));
                file.text().lines().forEach(line -> out.println("    " + line));
            }
        }
    }

    static String state(Unsettled file) {
        return file.refused() ? "refused" : "waits";
    }

    private static void print(List<String> stack, boolean whole, PrintStream out) {
        int shown = whole ? stack.size() : Math.min(FRAMES, stack.size());
        stack.subList(0, shown).forEach(frame -> out.println("    at " + frame));
        if (shown < stack.size()) {
            out.println("    and " + (stack.size() - shown) + " more; --verbose shows them");
        }
    }
}
