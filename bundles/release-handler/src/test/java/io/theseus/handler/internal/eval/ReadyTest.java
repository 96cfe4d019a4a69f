// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.theseus.api.Change;
import io.theseus.api.CodeChange;
import io.theseus.api.Direction;
import io.theseus.api.UpgradeAction;
import io.theseus.port.Components;
import io.theseus.relup.Instruction;
import io.theseus.relup.Instruction.CodeChange.Handover;
import io.theseus.relup.Instruction.Suspend.Suspended;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What components do is prepared before callers wait, and done by those that are there when they do. */
class ReadyTest {
    private static final long OLD = 0;
    private static final long NEW = 100;
    private static final List<Suspended> GATE =
            List.of(new Suspended("ledger", Optional.of("ledger.Accounts"), Optional.empty()));

    private final Runs runs = new Runs("ledger");
    private final Workers workers = new Workers();
    private final Map<Long, Accounts> there = new HashMap<>();
    private final Accounts old = new Accounts(1);
    private final Accounts successor = new Accounts(0);
    private final Instruction.Suspend suspend = new Instruction.Suspend(GATE);
    private final Instruction.CodeChange change = new Instruction.CodeChange(
            Direction.UP, List.of(new Handover("ledger", "ledger.Accounts", Map.of(), List.of())));
    private final Instruction.Resume resume = new Instruction.Resume(GATE);
    private Run run;

    @BeforeEach
    void prepare() throws Exception {
        run = runs.of(new There(), suspend, change, resume);
        there.put(OLD, old);
        there.put(NEW, successor);
        assertThat(new Fitness(run).problems()).isEmpty();
    }

    @AfterEach
    void close() {
        workers.close();
    }

    private Steps steps() {
        return new Steps(run, runs.deciding(), workers, Set.of());
    }

    private void run(Instruction... instructions) throws Exception {
        for (Instruction each : instructions) {
            each.accept(steps()).run();
        }
    }

    @Test
    void whileCallersWaitNothingIsMade() throws Exception {
        steps().prepare();
        run.converters.clear();

        run(suspend, change, resume);

        assertThat(old.told).containsExactly("suspend");
        assertThat(successor.told).containsExactly("take 1", "resume");
        assertThat(run.resumed).hasSize(1);
    }

    @Test
    void whoeverIsThereWhenGatesAreClosedIsTold() throws Exception {
        steps().prepare();
        Accounts another = new Accounts(2);
        Accounts anotherSuccessor = new Accounts(0);
        there.put(OLD, another);
        there.put(NEW, anotherSuccessor);

        run(suspend, change, resume);

        assertThat(another.told).containsExactly("suspend");
        assertThat(anotherSuccessor.told).containsExactly("take 2", "resume");
        assertThat(old.told).isEmpty();
        assertThat(successor.told).isEmpty();
    }

    @Test
    void whoHasTakenTheStateResumesAlthoughAnotherIsThereThen() throws Exception {
        steps().prepare();
        run(suspend, change);
        there.put(NEW, new Accounts(0));

        run(resume);

        assertThat(successor.told).containsExactly("take 1", "resume");
    }

    @Test
    void oneThatHasGoneFailsAndIsNotToldToGoOn() throws Exception {
        steps().prepare();
        there.remove(OLD);

        assertThatThrownBy(() -> run(suspend))
                .isInstanceOf(FailedException.class)
                .hasMessageContaining("is no longer active");
        there.put(OLD, old);
        assertThat(run.undo.undoTo(0)).isEmpty();

        assertThat(old.told).isEmpty();
    }

    @Test
    void oneThatCameAfterThatIsSuspendedToo() throws Exception {
        there.remove(OLD);
        steps().prepare();
        there.put(OLD, old);

        run(suspend);

        assertThat(old.told).containsExactly("suspend");
    }

    @Test
    void whatWasDoneAndTakenBackIsDoneAnew() throws Exception {
        steps().prepare();
        run(suspend, change);
        run.ready.forget();
        run.undo.undoTo(0);

        run(suspend, change, resume);

        assertThat(old.told).containsExactly("suspend", "resume", "suspend");
        assertThat(successor.told).containsExactly("take 1", "take 1", "resume");
    }

    private static final class Accounts implements CodeChange<Integer> {
        final List<String> told = new ArrayList<>();
        private final int balance;

        Accounts(int balance) {
            this.balance = balance;
        }

        @Override
        public Integer suspend() {
            told.add("suspend");
            return balance;
        }

        @Override
        public void codeChange(Integer state, Change change) {
            told.add("take " + state);
        }

        @Override
        public void resume() {
            told.add("resume");
        }
    }

    private final class There implements Components {
        @Override
        public List<String> stateful(long bundle) {
            return List.of("ledger.Accounts");
        }

        @Override
        public int instances(long bundle, String component) {
            return 1;
        }

        @Override
        public Optional<CodeChange<?>> codeChange(long bundle, String component) {
            return Optional.ofNullable(there.get(bundle));
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
