// SPDX-License-Identifier: Apache-2.0
package io.theseus.switchboard.internal.call;

import io.theseus.port.Switchboard.Switched;
import io.theseus.port.Switchboard.Waits;
import io.theseus.release.Status.BusyCall;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Suspends, switches and resumes calls. Knows applications by name only. Thread safety: what changes something is called
 * by one thread at a time.
 */
public final class Traffic {
    private final Board board;
    private final Map<String, Application> applications = new ConcurrentHashMap<>();
    private final Application nobody = new Application("(release handling)");
    private final Drain drain;
    private volatile @Nullable Suspension suspension;

    public Traffic(Board board) {
        this.board = board;
        // What an activator wraps while a release is prepared is held on its pin, and counts like any other.
        applications.put(nobody.name(), nobody);
        this.drain = new Drain(board, applications::values);
    }

    public Board board() {
        return board;
    }

    /** The application of a name; made when it is first asked for. */
    public Application application(String name) {
        return applications.computeIfAbsent(name, Application::new);
    }

    /** Runs a task in the other generation if one is alive. */
    public <T> T ahead(Supplier<T> task) {
        Generation other = board.other();
        return other == null ? task.get() : board.carry(nobody.pin(other), task::get);
    }

    /** Runs a task in the other generation. */
    public <T> T inOther(Callable<T> task) throws Exception {
        Generation other = board.other();
        if (other == null) {
            throw new IllegalStateException("no other generation is alive");
        }
        return board.carry(nobody.pin(other), task::call);
    }

    /**
     * Closes gates and drains.
     *
     * @param callers who else may call any of these applications; asked after their gates are closed, until it names nobody new
     * @param handsOver whether an application is between two states
     */
    public List<BusyCall> suspend(
            Set<String> names,
            Duration limit,
            Duration patience,
            Function<Set<String>, Set<String>> callers,
            Predicate<String> handsOver) {
        Suspension current = suspension;
        if (current == null) {
            current = new Suspension(board, patience, handsOver);
            suspension = current;
        }
        Set<String> closing = names;
        while (!closing.isEmpty()) {
            for (String name : closing) {
                current.close(application(name));
            }
            Set<String> closed = closedNames(current.closed());
            // Who calls is worth asking as long as there is somebody who is not suspended.
            Set<String> callsThem = closed.containsAll(known()) ? Set.of() : callers.apply(closed);
            closing = callsThem.stream().filter(name -> !closed.contains(name)).collect(Collectors.toUnmodifiableSet());
        }
        current.overdue(false);
        current.drainAgain();
        // What is not quiet is said to be busy, even if the last call left in between: the list is never wrong about
        // it.
        List<BusyCall> left = List.of();
        for (boolean quiet = drain.awaitQuiet(current, limit); !quiet && left.isEmpty(); ) {
            // Before it is looked who is there: a guest that comes in all the same is seen.
            current.overdue(true);
            left = drain.busy(current);
            quiet = left.isEmpty() && drain.awaitQuiet(current, Duration.ZERO);
        }
        return left;
    }

    /** Runs a task that passes closed gates. */
    public <T> T throughGates(Callable<T> task) throws Exception {
        Suspension closed = suspension;
        return closed == null ? task.call() : closed.passing(task);
    }

    /** Applications whose calls have ever been seen here. */
    private Set<String> known() {
        Set<String> known = new HashSet<>(applications.keySet());
        known.remove(nobody.name());
        return known;
    }

    private static Set<String> closedNames(Collection<Application> closed) {
        return closed.stream().map(Application::name).collect(Collectors.toUnmodifiableSet());
    }

    /** Whether any gate is closed. */
    public boolean suspended() {
        return suspension != null;
    }

    /** Whether the gate of an application is closed. */
    public boolean suspended(String name) {
        Application application = applications.get(name);
        return application != null && application.closed();
    }

    /**
     * Suspends an application that nobody calls, and resumes it: in a JVM that does so for the first time loading and linking that
     * code takes milliseconds, and the real suspension is when callers wait. Does nothing while anybody is suspended.
     *
     * @param callers see {@link #suspend}
     * @param handsOver see there
     */
    public void rehearse(Function<Set<String>, Set<String>> callers, Predicate<String> handsOver) {
        if (suspension == null) {
            var unused = callers.apply(Set.copyOf(applications.keySet()));
            suspend(Set.of(nobody.name()), Duration.ZERO, Duration.ZERO, callers, handsOver);
            resume();
        }
    }

    /** Makes the other generation current. */
    public Switched switchOver() {
        if (board.other() == null) {
            throw new IllegalStateException("no other generation is alive");
        }
        Suspension closed = suspension;
        if (closed != null && !closed.switching()) {
            return new Switched(
                    0, Optional.of(Optional.ofNullable(closed.vetoedBy()).orElse(nobody.name())));
        }
        long began = System.nanoTime();
        board.exchange();
        return new Switched(System.nanoTime() - began, Optional.empty());
    }

    /** Opens all gates. */
    public Waits resume() {
        Suspension closed = suspension;
        if (closed == null) {
            return new Waits(0, 0, 0, 0);
        }
        suspension = null;
        Waits waits = closed.queueing().waits();
        closed.open();
        return waits;
    }

    public List<BusyCall> awaitIdle(Duration limit) {
        Generation other = board.other();
        return other == null || drain.awaitIdle(other, limit) ? List.of() : drain.busy(other);
    }

    public List<BusyCall> busy() {
        Generation other = board.other();
        return other == null ? List.of() : drain.busy(other);
    }
}
