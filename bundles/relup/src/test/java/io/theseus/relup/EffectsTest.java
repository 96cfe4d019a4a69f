// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup;

import static org.assertj.core.api.Assertions.assertThat;

import io.theseus.port.Snapshot;
import io.theseus.port.Switchboard;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Version;

/** Each reason by itself is a row of plans.txt; here their order, and what is no reason. */
class EffectsTest {
    private static BundleFacts facts(boolean activator, boolean blueprint, BundleFacts.Component... components) {
        return new BundleFacts(
                "a",
                new Version(1, 0, 0),
                false,
                false,
                activator,
                false,
                blueprint,
                Set.of("a.b"),
                List.of(components),
                Optional.empty());
    }

    private static Snapshot.Installed installed(boolean data, Long... users) {
        return new Snapshot.Installed(
                1, "a", new Version(1, 0, 0), "x", true, true, 80, data, Set.of(users), true, false);
    }

    @Test
    void whatCanNotExistTwiceComesFirst() {
        Switchboard.Line line = new Switchboard.Line("a", 1, Optional.empty(), 1, List.of("first", "second"));

        assertThat(Effects.of(facts(true, true), Optional.of(line), Optional.of(installed(true))))
                .contains("a 1.0.0 has services that stay raw: first");
        assertThat(Effects.onlyOnce(facts(true, true), Optional.empty())).isEmpty();
        assertThat(Effects.onActivation(facts(false, false), Optional.of(installed(true))))
                .contains("a 1.0.0 has files in its data area");
    }

    @Test
    void aStatefulComponentMayBeImmediate() {
        BundleFacts.Component stateful =
                new BundleFacts.Component("s", "S", true, true, List.of("T", "io.theseus.api.CodeChange"));

        assertThat(Effects.of(facts(false, false, stateful), Optional.empty(), Optional.empty()))
                .isEmpty();
        assertThat(Effects.stateful(facts(false, false, stateful))).containsExactly("s");
    }

    @Test
    void aClassInAnExportedPackageIsSeenByOthers() {
        BundleFacts.Component shared = new BundleFacts.Component("s", "a.b.S", false, true, List.of("a.b.S"));

        assertThat(Effects.onlyOnce(facts(false, false, shared), Optional.empty()))
                .contains("a 1.0.0 offers component s under its class, not under an interface");
    }

    @Test
    void aClassThatNobodyElseHasIsNoReason() {
        BundleFacts.Component own =
                new BundleFacts.Component("s", "a.c.S", false, true, List.of("a.c.S"), Set.of("service.ranking"));

        assertThat(Effects.of(facts(false, false, own), Optional.empty(), Optional.empty()))
                .isEmpty();
    }

    @Test
    void aCommandIsCalledWithoutItsClass() {
        BundleFacts.Component command = new BundleFacts.Component(
                "s", "a.c.S", false, true, List.of("a.c.S"), Set.of("osgi.command.scope", "osgi.command.function"));

        assertThat(Effects.onlyOnce(facts(false, false, command), Optional.empty()))
                .contains("a 1.0.0 offers component s under its class, not under an interface");
    }

    @Test
    void activatorsAndBlueprintMayRegisterMore() {
        assertThat(Effects.onlyComponents(facts(false, false))).isTrue();
        assertThat(Effects.onlyComponents(facts(true, false))).isFalse();
        assertThat(Effects.onlyComponents(facts(false, true))).isFalse();
    }
}
