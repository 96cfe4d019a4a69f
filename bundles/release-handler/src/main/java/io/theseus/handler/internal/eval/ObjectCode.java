// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal.eval;

import io.theseus.handler.internal.store.ReleaseStore;
import io.theseus.port.Snapshot.Installed;
import io.theseus.release.BundleSpec;
import io.theseus.release.Problem;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Installs bundles of the release to run, from the store and from nowhere else. Thread safety: used by the handler thread. */
final class ObjectCode {
    private final Run run;
    private final ReleaseStore store;

    ObjectCode(Run run, ReleaseStore store) {
        this.run = run;
        this.store = store;
    }

    /** @param text of the step */
    void install(BundleSpec bundle, String text) throws Exception {
        Optional<Long> there = run.after(bundle.symbolicName());
        boolean again = !run.warm() && there.isPresent() && there.equals(run.before(bundle.symbolicName()));
        if (there.isPresent() && (run.warm() || (bundle.sha256().isEmpty() && !again))) {
            return;
        }
        if (bundle.sha256().isEmpty()) {
            throw new FailedException(Problem.of("missing-bundle", bundle.toString(), "its file was never stored"));
        }
        run.operation.step("prepare", text, () -> {
            Path file = store.verified(bundle.sha256());
            boolean comes = there.isEmpty() || again;
            if (comes) {
                run.after.remove(bundle.symbolicName());
                run.undo.push("uninstall " + bundle, () -> uninstall(bundle));
            }
            // What somebody has put there by hand is looked at too: it may have other content.
            long id = !again
                    ? run.ports.code().install(bundle, file)
                    : rebuilt(bundle)
                            ? run.ports.code().installAnother(bundle, file)
                            : run.ports.code().installAgain(bundle, there.get(), file);
            if (comes) {
                run.installed.add(id);
            }
            run.after.put(bundle.symbolicName(), id);
        });
    }

    private boolean rebuilt(BundleSpec bundle) {
        return run.course
                .from()
                .bundle(bundle.symbolicName())
                .filter(old -> !old.mayHave(bundle.sha256()))
                .isPresent();
    }

    /** Also what was installed by a call that failed all the same, and so has told no id; never what was there before. */
    private void uninstall(BundleSpec bundle) {
        Set<Long> before =
                run.course.snapshot().bundles().stream().map(Installed::id).collect(Collectors.toSet());
        run.after(bundle.symbolicName())
                .or(() -> run.ports
                        .code()
                        .snapshot()
                        .without(there -> before.contains(there.id()))
                        .find(bundle.symbolicName(), bundle.version())
                        .map(Installed::id))
                .ifPresent(run.ports.code()::uninstall);
    }
}
