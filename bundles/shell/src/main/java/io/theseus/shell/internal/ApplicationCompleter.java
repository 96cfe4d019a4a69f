// SPDX-License-Identifier: Apache-2.0
package io.theseus.shell.internal;

import io.theseus.release.ApplicationInfo;
import io.theseus.release.ReleaseHandler;
import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;

/** Completes the symbolic name of an application that runs. */
@Service
@SuppressWarnings("NullAway.Init") // injected by Karaf
public final class ApplicationCompleter implements Completer {
    @Reference
    ReleaseHandler handler;

    @Override
    public int complete(Session session, CommandLine line, List<String> candidates) {
        List<String> names = handler.applications().stream()
                .map(ApplicationInfo::symbolicName)
                .toList();
        return new StringsCompleter(names).complete(session, line, candidates);
    }
}
