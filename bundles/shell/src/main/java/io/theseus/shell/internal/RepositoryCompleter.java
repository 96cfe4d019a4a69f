// SPDX-License-Identifier: Apache-2.0
package io.theseus.shell.internal;

import io.theseus.release.FeatureRepositories;
import io.theseus.release.RefusedException;
import java.util.List;
import java.util.Set;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.FileOrUriCompleter;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.jspecify.annotations.Nullable;

/** Completes the name of a feature repository that Karaf knows, or a URL or path. */
@Service
public final class RepositoryCompleter implements Completer {
    @Reference(optional = true)
    @Nullable
    FeatureRepositories repositories;

    @Override
    public int complete(Session session, CommandLine line, List<String> candidates) {
        int named = new StringsCompleter(names()).complete(session, line, candidates);
        return named >= 0 ? named : new FileOrUriCompleter().complete(session, line, candidates);
    }

    private Set<String> names() {
        try {
            return repositories == null ? Set.of() : repositories.known().keySet();
        } catch (RefusedException e) {
            return Set.of();
        }
    }
}
