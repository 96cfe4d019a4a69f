// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal.eval;

import io.theseus.api.Change;
import io.theseus.api.CodeChange;
import io.theseus.api.UpgradeAction;
import io.theseus.handler.internal.Deciding;
import io.theseus.handler.internal.Ports;
import io.theseus.port.Belongings;
import io.theseus.port.CodeServer;
import io.theseus.port.Components;
import io.theseus.port.Configurations;
import io.theseus.port.Nodes;
import io.theseus.port.Restart;
import io.theseus.port.Switchboard;
import io.theseus.port.Switchboard.Switched;
import io.theseus.port.Switchboard.Waits;
import io.theseus.release.Progress;
import io.theseus.relup.Script.Step;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Runs what comes after the point of no return with nobody there, and takes it back. Code that runs for the first time is loaded
 * and linked, which takes longer than all it does; here nobody waits for that.
 */
final class Rehearsal {
    private final Deciding deciding;
    private final Workers workers;

    Rehearsal(Deciding deciding, Workers workers) {
        this.deciding = deciding;
        this.workers = workers;
    }

    /** Does nothing to what the run is about. */
    void of(Run real) throws Exception {
        once(real, false);
        // What comes after a failure is loaded too, for the same reason.
        once(real, true);
    }

    private void once(Run real, boolean fails) throws Exception {
        Course course = real.course;
        Operation operation = new Operation(
                (kind, data, force) -> {},
                Clock.systemUTC(),
                new Operation.Asked(
                        0, "rehearsal", course.from().id(), course.to().id(), Asker.NOBODY, Progress.SILENT));
        Run run = new Run(real, nobody(fails), operation);
        try {
            workers.watched(turn -> {
                run.turn = Optional.of(turn);
                new Steps(run, deciding, workers, Set.of()).prepare();
                for (Step step : course.script().afterPointOfNoReturn()) {
                    step.instruction()
                            .accept(new Steps(run, deciding, workers, Set.of()))
                            .run();
                }
                return turn;
            });
        } catch (FailedException e) {
            if (!fails) {
                throw e;
            }
            operation.problems(e.problems());
        }
        run.turn = Optional.empty();
        Preparation.failOn(run.undo.undoTo(0));
    }

    private static Ports nobody(boolean fails) {
        return new Ports(
                nobody(CodeServer.class, fails),
                nobody(Switchboard.class, fails),
                nobody(Belongings.class, fails),
                nobody(Components.class, fails),
                nobody(Configurations.class, fails),
                nobody(Restart.class, fails),
                nobody(Nodes.class, fails),
                Optional.empty());
    }

    private static <T> T nobody(Class<T> port, boolean fails) {
        return port.cast(Proxy.newProxyInstance(
                Rehearsal.class.getClassLoader(),
                new Class<?>[] {port},
                (proxy, method, arguments) -> arguments != null && arguments[0] instanceof Callable<?> task
                        ? task.call()
                        : answer(method, fails)));
    }

    /** What says that all is well, but for a component that may not take its state. */
    private static @Nullable Object answer(Method method, boolean fails) {
        Class<?> type = method.getReturnType();
        if (type == Optional.class) {
            UpgradeAction action = (change, args) -> UpgradeAction.Undo.NOTHING;
            return Optional.of(method.getName().equals("action") ? action : new Extra(fails));
        }
        if (type == Switched.class) {
            return new Switched(0, Optional.empty());
        }
        if (type == Waits.class) {
            return new Waits(0, 0, 0, 0);
        }
        if (type == int.class) {
            return 0;
        }
        if (type == Map.class) {
            return Map.of();
        }
        return type == List.class ? List.of() : null;
    }

    /** Stands where a component will. */
    private record Extra(boolean fails) implements CodeChange<Object> {
        @Override
        @SuppressWarnings("NullAway") // no state, which every conversion passes on
        public Object suspend() {
            return null;
        }

        @Override
        public void codeChange(Object state, Change change) {
            if (fails) {
                throw new IllegalStateException("a rehearsal");
            }
        }

        @Override
        public void resume() {}
    }
}
