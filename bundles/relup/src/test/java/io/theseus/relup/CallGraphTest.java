// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup;

import static org.assertj.core.api.Assertions.assertThat;

import io.theseus.port.Snapshot;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Version;

class CallGraphTest {
    private static Snapshot.Installed bundle(long id, String name, boolean application) {
        return new Snapshot.Installed(
                id,
                name,
                new Version(1, 0, (int) id),
                "mvn:" + name,
                true,
                true,
                80,
                false,
                Set.of(),
                application,
                false);
    }

    @Test
    void followsCallersThroughBundlesThatAreNoApplications() {
        Snapshot snapshot = new Snapshot(
                List.of(
                        bundle(1, "ledger", true),
                        bundle(2, "web", false),
                        bundle(3, "shop", true),
                        bundle(4, "blog", true)),
                Map.of(1L, Set.of(2L), 2L, Set.of(3L), 3L, Set.of(99L)));

        assertThat(CallGraph.callers(snapshot, Set.of("ledger"))).containsExactly("ledger", "shop");
    }

    @Test
    void endsInCircles() {
        Snapshot snapshot = new Snapshot(
                List.of(bundle(1, "a", true), bundle(2, "b", true)), Map.of(1L, Set.of(2L), 2L, Set.of(1L, 2L)));

        assertThat(CallGraph.callers(snapshot, Set.of("a"))).containsExactly("a", "b");
    }

    @Test
    void beginsAtEveryVersionOfAnApplication() {
        Snapshot snapshot = new Snapshot(
                List.of(bundle(1, "a", true), bundle(2, "a", true), bundle(3, "b", true)), Map.of(2L, Set.of(3L)));

        assertThat(CallGraph.callers(snapshot, Set.of("a"))).containsExactly("a", "b");
    }

    @Test
    void theGivenOnesAreIncludedEvenIfTheyDoNotRun() {
        assertThat(CallGraph.callers(new Snapshot(List.of(), Map.of()), Set.of("new")))
                .containsExactly("new");
    }
}
