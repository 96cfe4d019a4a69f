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
import org.jspecify.annotations.Nullable;

/**
 * Runs what comes after the point of no return with nobody there, and takes it back. Code that runs for the first time is loaded
 * and linked, which takes longer than all it does; here nobody waits for that.
 */
final class Rehearsal {
    private static final Ports NOBODY = new Ports(
            nobody(CodeServer.class),
            nobody(Switchboard.class),
            nobody(Belongings.class),
            nobody(Components.class),
            nobody(Configurations.class),
            nobody(Restart.class),
            nobody(Nodes.class));

    private final Deciding deciding;
    private final Workers workers;

    Rehearsal(Deciding deciding, Workers workers) {
        this.deciding = deciding;
        this.workers = workers;
    }

    /** Does nothing to what the run is about. */
    void of(Run real) throws Exception {
        Course course = real.course;
        Operation operation = new Operation(
                (kind, data, force) -> {},
                Clock.systemUTC(),
                new Operation.Asked(
                        0, "rehearsal", course.from().id(), course.to().id(), Asker.NOBODY, Progress.SILENT));
        Run run = new Run(NOBODY, course, operation, deciding);
        run.after.putAll(real.after);
        run.converters.putAll(real.converters);
        for (Step step : course.script().afterPointOfNoReturn()) {
            step.instruction()
                    .accept(new Steps(run, deciding, workers, Set.of()))
                    .run();
        }
        Preparation.failOn(run.undo.undoTo(0));
    }

    private static <T> T nobody(Class<T> port) {
        return port.cast(Proxy.newProxyInstance(
                Rehearsal.class.getClassLoader(), new Class<?>[] {port}, (proxy, method, arguments) -> answer(method)));
    }

    /** What says that all is well. */
    private static @Nullable Object answer(Method method) {
        Class<?> type = method.getReturnType();
        if (type == Optional.class) {
            UpgradeAction action = (change, args) -> UpgradeAction.Undo.NOTHING;
            return Optional.of(method.getName().equals("action") ? action : new Extra());
        }
        if (type == Switched.class) {
            return new Switched(0, Optional.empty());
        }
        if (type == Waits.class) {
            return new Waits(0, 0, 0, System.nanoTime());
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
    private static final class Extra implements CodeChange<Object> {
        @Override
        @SuppressWarnings("NullAway") // no state, which every conversion passes on
        public Object suspend() {
            return null;
        }

        @Override
        public void codeChange(Object state, Change change) {}

        @Override
        public void resume() {}
    }
}
