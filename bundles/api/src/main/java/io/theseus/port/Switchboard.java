// SPDX-License-Identifier: Apache-2.0
package io.theseus.port;

import io.theseus.release.Problem;
import io.theseus.release.Status.BusyCall;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Decides which version of every application a call meets. At most two generations are alive: the current one and one
 * other, incoming before a switch and old after it.
 *
 * <pre>
 *            open                switchOver              drop
 *   one ------------> incoming -----------> old kept ------------> one
 *    ^                   |      <----------- |
 *    +------- drop ------+       switchOver
 * </pre>
 *
 * <p>Thread safety: the methods that change something are called by one thread at a time; queries by any.
 */
@ProviderType
public interface Switchboard {
    /** Declares applications beside those that carry an appup: the ones of the known releases. Replaces the former set. */
    void declare(Set<String> symbolicNames);

    /** The applications that run, by symbolic name. */
    Map<String, Line> applications();

    /**
     * Applications with services that were there before the switchboard came, or before their application was declared: somebody may know
     * of them, whether he holds them or not.
     */
    Set<String> early();

    /**
     * Who holds services of applications that were handed out before the switchboard came. They stay raw, and their application can not be
     * changed side by side.
     */
    List<Holder> holders();

    /**
     * Puts stable services in front of services that were handed out before the switchboard came. Whoever looks for one from now on finds
     * the stable one alone, and whoever takes the best of those he knows takes that too. Who chose the raw one for good keeps it until its
     * bundle stops, and is told then as ever. Does nothing where that is done already.
     */
    void front(Set<String> applications);

    /** Takes back what {@link #front} did, where the raw services are there still. */
    void unfront(Set<String> applications);

    /**
     * Opens the other generation: bundles named here belong to one generation only, every other application to both. To be
     * called before a bundle of it is started.
     *
     * @throws IllegalStateException if another generation is alive already
     */
    void open(Incoming incoming);

    /** Runs a task whose calls meet the incoming generation: for starting its bundles. */
    <T> T inOther(Callable<T> task) throws Exception;

    /**
     * Makes the other generation able to serve at once: obtains its services for every consumer that has them, initialises
     * servlets and filters with their real configuration.
     *
     * @return what is not fit to be switched to: a service under a class, an interface that is another class than before, a
     *     life-cycle method that threw
     */
    List<Problem> warm();

    /**
     * Closes the gates of applications and waits until no call that entered through one of them is left.
     *
     * @param applications symbolic names: the suspended ones and everything that may call them
     * @param drain how long to wait for quiet
     * @param gate how long a call may wait at a gate
     * @return the calls that are left; empty when all is quiet. The gates stay closed in either case
     */
    List<BusyCall> suspend(Set<String> applications, Duration drain, Duration gate);

    /**
     * Runs a task whose calls pass closed gates: for starting and stopping bundles while gates are closed, which may call others that
     * wait as well. Calls into an application that is handing its state over are refused.
     */
    <T> T throughGates(Callable<T> task) throws Exception;

    /** Makes the other generation current, with one write. See {@link Switched}. */
    Switched switchOver();

    /** Opens every gate and answers what waited. Does nothing when none is closed. */
    Waits resume();

    /** Waits until no call is left in the generation that is not current. */
    List<BusyCall> awaitIdle(Duration limit);

    /** Calls left in the generation that is not current. */
    List<BusyCall> busy();

    /**
     * Forgets the generation that is not current: ends the life cycle of its servlets, lets go of its services and classes.
     * Calls still in it are interrupted, and get {@link io.theseus.api.GenerationPurgedException} at their next nested call.
     *
     * @return how many were interrupted; asynchronous results have no thread and do not count
     */
    int drop();

    /**
     * Somebody who holds a service that was handed out before the switchboard came.
     *
     * @param service names it is registered under
     * @param bundle id of the holder; the HTTP whiteboard holds what it holds in the name of the application itself
     * @param best whether the holder calls the one with the highest ranking only, as the HTTP whiteboard does
     */
    record Holder(String application, String service, long bundle, boolean best) {}

    /**
     * The bundles that tell the other generation from the current one.
     *
     * @param successors for a bundle id of the current generation the id of its successor
     * @param added ids of bundles only the other generation has
     * @param removed ids of bundles only the current generation has
     * @param handovers for a bundle id of the other generation the names of the components that will be handed a state, and so
     *     must not be resumed when they appear
     */
    record Incoming(Map<Long, Long> successors, Set<Long> added, Set<Long> removed, Map<Long, Set<String>> handovers) {
        public Incoming {
            successors = Map.copyOf(successors);
            added = Set.copyOf(added);
            removed = Set.copyOf(removed);
            handovers = Map.copyOf(handovers);
        }
    }

    /**
     * An application that runs.
     *
     * @param bundle id of the bundle that serves
     * @param other id of its predecessor or successor, while one is kept
     * @param services number of stable services
     * @param raw why it can not be loaded side by side: one text for each service that stays raw and for services that
     *     consumers had before the switchboard came; empty when it can
     */
    record Line(String symbolicName, long bundle, Optional<Long> other, int services, List<String> raw) {
        public Line {
            raw = List.copyOf(raw);
        }
    }

    /**
     * The result of a switch.
     *
     * @param nanos how long the write and its publication took
     * @param vetoedBy the application that called, unforeseen, into a suspended one after it had become quiet; nothing was switched
     *     then, and the caller should suspend that application too and try again
     */
    record Switched(long nanos, Optional<String> vetoedBy) {}

    /**
     * What waited at gates since they were closed.
     *
     * @param calls number of calls that waited
     * @param longestNanos the longest wait
     * @param failed calls that gave up: timeout or interrupt
     * @param closedNanos from the moment when the first gate closed until just before all open: what {@link #suspend} does before and
     *     {@link #resume} afterwards nobody waits for
     */
    record Waits(long calls, long longestNanos, long failed, long closedNanos) {}
}
