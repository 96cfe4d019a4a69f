// SPDX-License-Identifier: Apache-2.0
package io.theseus.shell.internal;

import io.theseus.release.ApplicationInfo;
import io.theseus.release.ReleaseHandler;
import io.theseus.release.UnmanagedInfo;
import java.util.List;
import java.util.stream.Stream;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;

/** Completes the symbolic name of an application that may be adopted: of no release, or with services that stay raw. */
@Service
@SuppressWarnings("NullAway.Init") // injected by Karaf
public final class StrangerCompleter implements Completer {
    @Reference
    ReleaseHandler handler;

    @Override
    public int complete(Session session, CommandLine line, List<String> candidates) {
        List<String> names = Stream.concat(
                        handler.unmanaged().stream()
                                .filter(info -> !info.container())
                                .map(UnmanagedInfo::symbolicName),
                        handler.applications().stream()
                                .filter(info -> !info.sideBySide())
                                .map(ApplicationInfo::symbolicName))
                .toList();
        return new StringsCompleter(names).complete(session, line, candidates);
    }
}
