// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.theseus.api.Direction;
import io.theseus.port.Components;
import io.theseus.release.StartType;
import io.theseus.relup.Instruction;
import io.theseus.relup.Instruction.CodeChange.Handover;
import io.theseus.relup.Instruction.Suspend.Suspended;
import io.theseus.relup.PurgeMethod;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

class RehearsalTest {
    private final Runs runs = new Runs("ledger");

    @Test
    void everyInstructionIsRehearsedAndNothingIsTouched() throws Exception {
        Run run = rehearse(runs);

        assertThat(runs.calls).allMatch(call -> call.startsWith("print"));
        assertThat(run.undo.depth()).isZero();
        assertThat(run.suspended).isEmpty();
        assertThat(run.handed).isEmpty();
    }

    private static Run rehearse(Runs runs) throws Exception {
        List<Suspended> gate = List.of(new Suspended("ledger", Optional.of("ledger.Accounts"), Optional.empty()));
        Handover handover = new Handover("ledger", "ledger.Accounts", Map.of(), List.of());
        Run run = runs.of(
                runs.stub(Components.class),
                new Instruction.Suspend(gate),
                new Instruction.Stop(List.of("ledger")),
                new Instruction.Load(
                        List.of(new Instruction.Load.Code("ledger", PurgeMethod.BRUTAL, PurgeMethod.BRUTAL))),
                new Instruction.Start(List.of(new Instruction.Start.Started("ledger", StartType.REQUIRED))),
                new Instruction.CodeChange(Direction.UP, List.of(handover)),
                new Instruction.Resume(gate),
                new Instruction.Apply("ledger", "reindex", Map.of(), Direction.UP),
                new Instruction.Purge(List.of("ledger")));
        Part accounts = new Part("ledger", "ledger.Accounts");
        run.changes.put(accounts, Actions.change(run, "ledger", Direction.UP, Map.of()));
        run.converters.put(
                accounts,
                io.theseus.handler.internal.state.StateTypes.compare(
                        OneAccount.class, OneAccount.class, "ledger", Set.of()));

        try (Workers workers = new Workers()) {
            new Rehearsal(runs.deciding(), workers).of(run);
        }
        return run;
    }

    /** That a rehearsal fails as well is seen by nothing else. */
    @Test
    void whatComesAfterAFailureIsLoadedToo() throws Exception {
        Fresh fresh = new Fresh();

        ((Callable<?>) fresh.loadClass(Rehearsed.class.getName())
                        .getDeclaredConstructor()
                        .newInstance())
                .call();

        assertThat(fresh.hasLoaded(Handovers.class)).isTrue();
        assertThat(fresh.hasLoaded(Problems.class)).isTrue();
    }

    @Test
    void aScriptThatCanNotBeRunCanNotBeRehearsed() {
        Handover handover = new Handover("ledger", "ledger.Accounts", Map.of(), List.of());
        Run run = runs.of(runs.stub(Components.class), new Instruction.CodeChange(Direction.UP, List.of(handover)));

        try (Workers workers = new Workers()) {
            assertThatThrownBy(() -> new Rehearsal(runs.deciding(), workers).of(run))
                    .isInstanceOf(FailedException.class);
        }
    }

    /** A rehearsal that another class loader can run. */
    public static final class Rehearsed implements Callable<Boolean> {
        @Override
        public Boolean call() throws Exception {
            return rehearse(new Runs("ledger")).undo.depth() == 0;
        }
    }

    /** Loads the classes of the release handler once more, each when it is needed. */
    private static final class Fresh extends ClassLoader {
        Fresh() {
            super(Fresh.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith("io.theseus.handler.")) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded == null ? define(name) : loaded;
            }
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }

        boolean hasLoaded(Class<?> type) {
            return findLoadedClass(type.getName()) != null;
        }
    }

    record Balance(long cents) {}

    abstract static class OneAccount implements io.theseus.api.CodeChange<Balance> {}
}
