// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal;

import io.theseus.handler.internal.eval.Action;
import io.theseus.handler.internal.eval.Asker;
import io.theseus.handler.internal.eval.Restarts;
import io.theseus.handler.internal.store.Trial;
import io.theseus.release.InstallOptions;
import io.theseus.release.Release;
import io.theseus.release.ReleaseStatus;
import io.theseus.relup.Script;
import java.util.List;
import java.util.Set;

/**
 * Records that the next start tries a release: first how it goes on, then, with one rename, that it does. Thread safety: used by the handler thread.
 */
final class Announcing {
    private final Container container;

    Announcing(Container container) {
        this.container = container;
    }

    /** The last step of a script that restarts. What is not well is looked at now, while everything runs still. */
    Action of(Release from, Release to, Script script, InstallOptions options, Asker who) {
        List<String> ailments = new Health(container.ports.code(), from, Set.of(), Set.of()).ailments();
        List<String> later = new Restarts(script)
                .later().stream().map(container.deciding::print).toList();
        return () -> {
            container.trials.write(new Trial(
                    from.id(),
                    to.id(),
                    container.running(),
                    who.name(),
                    who.reason(),
                    options,
                    later,
                    ailments,
                    false));
            container.save(container.releases().with(to, ReleaseStatus.TMP_CURRENT, container.clock.instant()));
        };
    }
}
