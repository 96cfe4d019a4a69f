// SPDX-License-Identifier: Apache-2.0
package io.theseus.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.support.completers.ArgumentCommandLine;
import org.junit.jupiter.api.Test;

class CompletersTest {
    private final FakeReleaseHandler handler = new FakeReleaseHandler();

    @Test
    void offersReleasesThatCanBeInstalled() {
        assertThat(complete(new InstallableReleaseCompleter(), "")).containsExactly("shop/0.9.0", "shop/2.0.0");
        assertThat(complete(new InstallableReleaseCompleter(), "shop/2")).containsExactly("shop/2.0.0");
    }

    @Test
    void offersReleasesThatCanBeRemoved() {
        assertThat(complete(new RemovableReleaseCompleter(), "shop/")).containsExactly("shop/0.9.0", "shop/2.0.0");
    }

    @Test
    void offersTheReleaseThatCanBeMadePermanent() {
        assertThat(complete(new CurrentReleaseCompleter(), "")).containsExactly("shop/1.5.0");
    }

    @Test
    void offersEveryReleaseWhereAnyWillDo() {
        assertThat(complete(new KnownReleaseCompleter(), "shop/"))
                .containsExactly("shop/0.9.0", "shop/1.0.0", "shop/1.5.0", "shop/2.0.0");
    }

    @Test
    void offersApplications() {
        ApplicationCompleter completer = new ApplicationCompleter();
        completer.handler = handler;

        assertThat(candidates(completer, "acme.m")).containsExactly("acme.mail");
    }

    @Test
    void offersWhatCanBeAdopted() {
        StrangerCompleter completer = new StrangerCompleter();
        completer.handler = handler;

        assertThat(candidates(completer, "acme.")).containsExactlyInAnyOrder("acme.audit", "acme.mail");
    }

    @Test
    void offersRepositoriesByName() {
        RepositoryCompleter completer = new RepositoryCompleter();
        completer.repositories = () -> Map.of("acme", "mvn:acme/shop/2.0.0/xml/features", "bank", "mvn:b/b/1");

        assertThat(candidates(completer, "a")).containsExactly("acme");
    }

    private List<String> complete(ReleaseIdCompleter completer, String typed) {
        completer.handler = handler;
        return candidates(completer, typed);
    }

    private static List<String> candidates(Completer completer, String typed) {
        CommandLine line = new ArgumentCommandLine(typed, typed.length());
        List<String> candidates = new ArrayList<>();
        completer.complete(null, line, candidates);
        return candidates.stream().map(String::trim).toList();
    }
}
