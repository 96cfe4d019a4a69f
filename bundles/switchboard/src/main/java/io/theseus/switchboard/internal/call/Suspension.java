// SPDX-License-Identifier: Apache-2.0
package io.theseus.switchboard.internal.call;

import io.theseus.api.ServiceSuspendedException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The closed gate of all applications that are suspended together, from the first that closes until all open.
 *
 * <pre>
 *   DRAINING ---> QUIET ---> SWITCHED ---> OPEN
 *      ^            |                       ^
 *      +--(drain)-- VETOED -----------------+
 * </pre>
 */
public final class Suspension {
    /** How far it is. */
    enum State {
        /** Calls are still inside; nested calls pass. */
        DRAINING,
        /** Nothing was inside when last looked; nothing may enter. */
        QUIET,
        /** A call nobody had foreseen wants to enter: it waits, and there will be no switch. */
        VETOED,
        /** The other generation is current. */
        SWITCHED,
        /** Over. */
        OPEN
    }

    private final Board board;
    private final Predicate<String> handsOver;
    private final Set<Application> closed = ConcurrentHashMap.newKeySet();
    private volatile State state = State.DRAINING;
    private final Queueing queueing;
    private volatile @Nullable String vetoedBy;
    /** Whether the time of the drain is over. Written by the thread that suspends. */
    private volatile boolean overdue;
    /** Passes every gate. Written by the thread that starts and stops bundles, which is one at a time. */
    private volatile @Nullable Thread passing;

    /**
     * Prepares a suspension; no gate is closed yet.
     *
     * @param patience how long a call may wait
     * @param handsOver whether an application is between two states, so that nobody may call it
     */
    Suspension(Board board, Duration patience, Predicate<String> handsOver) {
        this.board = board;
        this.handsOver = handsOver;
        this.queueing = new Queueing(patience);
    }

    /**
     * Closes a gate, unless all were opened meanwhile: a caller may have been held up on its way here, and nobody would open
     * the gate again.
     */
    synchronized void close(Application application) {
        if (state != State.OPEN) {
            queueing.begin();
            closed.add(application);
            application.gate = this;
        }
    }

    Set<Application> closed() {
        return closed;
    }

    State state() {
        return state;
    }

    Queueing queueing() {
        return queueing;
    }

    @Nullable
    String vetoedBy() {
        return vetoedBy;
    }

    /** Runs a task that stops or starts a bundle. */
    <T> T passing(Callable<T> task) throws Exception {
        passing = Thread.currentThread();
        try {
            return task.call();
        } finally {
            passing = null;
        }
    }

    /** Says that nothing is inside. */
    void quiet() {
        move(State.DRAINING, State.QUIET);
    }

    /** Something is inside after all: lets it go on. */
    void drainOn() {
        if (!move(State.QUIET, State.DRAINING)) {
            move(State.VETOED, State.DRAINING);
        }
        vetoedBy = null;
        queueing.stir();
    }

    /** More gates were closed: what was quiet is looked at again. */
    void drainAgain() {
        if (state != State.SWITCHED) {
            drainOn();
        }
    }

    /** Whether a switch may happen now; from then on no veto is heard. */
    boolean switching() {
        return move(State.QUIET, State.SWITCHED) || move(State.DRAINING, State.SWITCHED) || state == State.SWITCHED;
    }

    /** Opens every gate and lets everybody go. */
    void open() {
        synchronized (this) {
            state = State.OPEN;
            closed.forEach(application -> {
                if (application.gate == this) {
                    application.gate = null;
                }
            });
        }
        queueing.stir();
    }

    /**
     * Whether the calling thread stops or starts a bundle, whose life cycle may call applications that wait as well: the gates
     * are opened after it.
     *
     * @throws ServiceSuspendedException if it does, but the application is between two states
     */
    boolean admits(Application application) {
        if (Thread.currentThread() != passing) {
            return false;
        }
        if (handsOver.test(application.name())) {
            throw new ServiceSuspendedException(
                    application.name(),
                    "application " + application.name()
                            + " is handing its state over and can not be called while others are stopped or started");
        }
        return true;
    }

    /**
     * Waits until the gate is open, or the call may pass as a guest.
     *
     * @return whether it may pass as a guest
     */
    boolean await(Application application, Guest guest) {
        queueing.await(application, () -> state == State.OPEN || application.gate != this, guest);
        return application.gate == this && guest.mayPass();
    }

    /**
     * Whether a call with this pin is inside. What outlived a purge was given up, and its targets have gone: it would keep every later
     * suspension from being quiet.
     */
    boolean counts(Pin pin) {
        return pin.application.gate == this && !pin.generation.purged();
    }

    /** Whether calls that are inside are still waited for: then guests may pass for them. */
    boolean draining() {
        return state == State.DRAINING && !overdue;
    }

    /** Whoever is inside is waited for no longer. What may be done now although it is not quiet is not for a guest to meet. */
    void overdue(boolean now) {
        overdue = now;
    }

    /** The application of a name, if its gate was closed. */
    Optional<Application> closed(String name) {
        return closed.stream()
                .filter(application -> application.name().equals(name))
                .findFirst();
    }

    /** Decides about a nested call that found the gate of the application it calls closed. */
    void nested(Pin pin, Application called) {
        if (admits(called) || pin.side == Pin.NOWHERE) {
            return;
        }
        while (called.gate == this) {
            switch (state) {
                case DRAINING -> {
                    if (pin.application.gate == this) {
                        return;
                    }
                    close(pin.application);
                    // Its call is one more that others may have to pass for.
                    queueing.stir();
                    // The drain says QUIET before it looks once more: either it sees this call's gate, or we see QUIET.
                    if (state == State.DRAINING) {
                        return;
                    }
                }
                case QUIET -> {
                    vetoedBy = pin.application.name();
                    move(State.QUIET, State.VETOED);
                }
                case VETOED -> queueing.await(called, () -> state != State.VETOED);
                case SWITCHED -> {
                    requireCurrent(pin, called);
                    queueing.await(called, () -> state != State.SWITCHED);
                    requireCurrent(pin, called);
                }
                case OPEN -> {
                    return;
                }
            }
        }
    }

    private void requireCurrent(Pin pin, Application called) {
        if (board.current != pin.generation && state != State.VETOED) {
            throw new ServiceSuspendedException(
                    called.name(),
                    "application " + called.name() + " changed its generation while application "
                            + pin.application.name() + " was about to call it");
        }
    }

    private synchronized boolean move(State from, State to) {
        if (state != from) {
            return false;
        }
        state = to;
        return true;
    }
}
