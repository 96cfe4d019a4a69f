// SPDX-License-Identifier: Apache-2.0
package io.theseus.shell.internal;

import io.theseus.release.ReleaseHandler;
import io.theseus.release.ReleaseStatus;
import java.util.List;
import java.util.Set;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;

/** Completes {@code name/version} of the releases that have one of some statuses. */
@SuppressWarnings("NullAway.Init") // injected by Karaf
public abstract class ReleaseIdCompleter implements Completer {
    @Reference
    ReleaseHandler handler;

    private final Set<ReleaseStatus> statuses;

    ReleaseIdCompleter(Set<ReleaseStatus> statuses) {
        this.statuses = statuses;
    }

    @Override
    public final int complete(Session session, CommandLine line, List<String> candidates) {
        List<String> ids = handler.releases().stream()
                .filter(info -> statuses.contains(info.status()))
                .map(info -> info.release().id().toString())
                .toList();
        return new StringsCompleter(ids).complete(session, line, candidates);
    }
}
