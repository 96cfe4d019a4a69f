// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.theseus.api.Change;
import io.theseus.api.CodeChange;
import io.theseus.api.UpgradeAction;
import io.theseus.port.Components;
import io.theseus.relup.Instruction;
import io.theseus.relup.Instruction.Suspend.Suspended;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Components of one instruction are suspended side by side: here each ends only when all the others have begun. */
class ParallelTest {
    private static final String[] EIGHT = {"a", "b", "c", "d", "e", "f", "g", "h"};

    @Test
    void eightComponentsAreSuspendedSideBySide() throws Exception {
        Run run = suspending(new CyclicBarrier(EIGHT.length), Duration.ofSeconds(30));

        assertThat(run.suspended).hasSize(EIGHT.length);
        assertThat(run.suspended.values())
                .allMatch(each -> "met".equals(each.state().get()));
    }

    @Test
    void oneThatNeverGetsQuietEndsTheInstructionWithItsName() {
        assertThatThrownBy(() -> suspending(new CyclicBarrier(EIGHT.length + 1), Duration.ofMillis(50)))
                .isInstanceOfSatisfying(
                        FailedException.class,
                        e -> assertThat(e.problems())
                                .hasSize(EIGHT.length)
                                .allMatch(p -> p.code().equals("suspend-failed"))
                                .anyMatch(p -> p.where().contains("Counter of a 1.0.0 -> 2.0.0")));
    }

    @Test
    void anApplicationIsStoppedAndStartedThroughClosedGates() throws Exception {
        Runs runs = new Runs("a");
        Instruction.Stop stop = new Instruction.Stop(List.of("a"));
        Run run = runs.of(new Meeting(new CyclicBarrier(1)), stop);
        try (Workers workers = new Workers()) {
            stop.accept(new Steps(run, runs.deciding(), workers, Set.of())).run();
        }
        assertThat(runs.calls).containsSubsequence("throughGates", "stop");
        runs.calls.clear();

        run.undo.undoTo(0);

        assertThat(runs.calls).containsSubsequence("throughGates", "start");
    }

    private static Run suspending(CyclicBarrier barrier, Duration timeout) throws Exception {
        Runs runs = new Runs(EIGHT);
        List<Suspended> targets = Stream.of(EIGHT)
                .map(name -> new Suspended(name, Optional.of("Counter"), Optional.of(timeout)))
                .toList();
        Instruction.Suspend suspend = new Instruction.Suspend(targets);
        Run run = runs.of(new Meeting(barrier), suspend);
        try (Workers workers = new Workers()) {
            suspend.accept(new Steps(run, runs.deciding(), workers, Set.of())).run();
        }
        return run;
    }

    private record Meeting(CyclicBarrier barrier) implements Components {
        @Override
        public List<String> stateful(long bundle) {
            return List.of("Counter");
        }

        @Override
        public int instances(long bundle, String component) {
            return 1;
        }

        @Override
        public Optional<CodeChange<?>> codeChange(long bundle, String component) {
            return Optional.of(new CodeChange<String>() {
                @Override
                public String suspend() throws Exception {
                    barrier.await();
                    return "met";
                }

                @Override
                public void codeChange(String state, Change change) {}

                @Override
                public void resume() {}
            });
        }

        @Override
        public List<String> renewed(long bundle, String pid) {
            return List.of();
        }

        @Override
        public Optional<UpgradeAction> action(long bundle, String name) {
            return Optional.empty();
        }
    }
}
