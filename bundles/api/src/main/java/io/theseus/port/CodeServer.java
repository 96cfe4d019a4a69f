// SPDX-License-Identifier: Apache-2.0
package io.theseus.port;

import io.theseus.release.BundleSpec;
import io.theseus.release.Problem;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Bundles as code: the counterpart of OTP's code server. Refreshes nothing but by {@link #refresh}.
 *
 * <p>Thread safety: the methods that change something are called by one thread at a time.
 */
@ProviderType
public interface CodeServer {
    Snapshot snapshot();

    /**
     * Installs a bundle beside whatever is there; does not resolve it.
     *
     * @param file its bytes, already verified
     * @return its id
     * @throws io.theseus.release.RefusedException {@code does-not-install}
     */
    long install(BundleSpec bundle, Path file);

    /**
     * Installs a bundle that is there already a second time: the same name, version and content, to be wired to other packages. Does not
     * resolve it.
     *
     * @param twin id of the bundle that is there
     * @param file its bytes, already verified
     * @return its id
     * @throws io.theseus.release.RefusedException {@code does-not-install}
     */
    long installAgain(BundleSpec bundle, long twin, Path file);

    /**
     * Installs another build of a bundle that is there: the same name and version, other content. Does not resolve it.
     *
     * @param file its bytes, already verified
     * @return its id
     * @throws io.theseus.release.RefusedException {@code does-not-install}
     */
    long installAnother(BundleSpec bundle, Path file);

    /** Whether an installed bundle has the content of a file. */
    boolean holds(long bundle, Path file);

    /**
     * Lets no bundle of either group be wired to one of the other from now on, where that has not happened yet, nor find it among the
     * bundles there are. Replaces the former groups; a bundle of none is wired to both, and finds both.
     */
    void separate(Set<Long> old, Set<Long> incoming);

    /**
     * Resolves bundles together.
     *
     * @throws io.theseus.release.RefusedException {@code does-not-resolve}: one problem for each bundle, naming what it requires and
     *     what of that is there
     */
    void resolve(Collection<Long> bundles);

    /**
     * Loads and links those classes of a resolved bundle whose namesakes another one has loaded: no code of either runs, and a class that can
     * not be had is left to who needs it. A bundle that is activated with its first class is left alone.
     *
     * @param like id of the bundle that has been in use
     * @return how many classes of the bundle are loaded then
     */
    int load(long bundle, long like);

    /**
     * Starts a bundle; its components are active or have failed when this returns. Does nothing for a fragment.
     *
     * @throws io.theseus.release.RefusedException {@code does-not-start}, with the cause's message
     */
    void start(long bundle, Start how);

    /** Stops a bundle, without changing whether a restart of the container starts it again. Does nothing if it is stopped. */
    void stop(long bundle);

    /** Whether the container has come up to this start level. */
    boolean reached(int startLevel);

    /**
     * Sets whether a restart of the container starts a bundle, without starting or stopping it now.
     *
     * @throws IllegalStateException where that is not possible: a stopped bundle is made persistent by {@link #start} only, and
     *     one that runs can not be made transient
     */
    void persist(long bundle, Start how);

    /**
     * Keeps stopped bundles stopped, whoever starts them, until {@link #unbar}. Bundles that run are left alone. May be called by any
     * thread.
     */
    void bar(Set<Long> bundles);

    /** Lets bundles be started again that were barred; starts none, and a restart of the container does not either. May be called by any thread. */
    void unbar(Set<Long> bundles);

    /** Stops and uninstalls a bundle and watches its class loader from then on. Does nothing if it is gone. */
    void uninstall(long bundle);

    /**
     * What bundles require and nobody offers when others are gone: one problem for each such requirement ({@code does-not-resolve}).
     */
    List<Problem> unmet(Set<Long> bundles, Set<Long> gone);

    /**
     * Wires bundles anew: those that run stop, and start again.
     *
     * @param bundles with everybody who is wired to them
     * @param gone uninstalled bundles that they are wired to, which are dropped
     * @return what did not go well: {@code can-not-refresh} if others than these would have to be refreshed by now, and nobody was;
     *     {@code does-not-start} for each that ran before and does not within the limit
     */
    List<Problem> refresh(Set<Long> bundles, Set<Long> gone, Duration limit);

    /**
     * The enabled DS components of a started bundle that did not get active although nothing outside the bundle stands in
     * the way, or whose activation threw: one problem each ({@code component-not-active}), naming component, state, missing
     * reference or configuration, and the failure.
     */
    default List<Problem> inactiveComponents(long bundle) {
        return inactiveComponents(Set.of(bundle)).getOrDefault(bundle, List.of());
    }

    /**
     * The same of many bundles at once, by id: to ask about each is a look at all components there are.
     *
     * @return those of which there is something to say
     */
    Map<Long, List<Problem>> inactiveComponents(Set<Long> bundles);

    /** Uninstalled bundles whose class loader is still reachable, as {@code name version}. */
    List<String> unreclaimed();

    /**
     * Asks the JVM to collect garbage until nothing is unreclaimed or the time is over.
     *
     * @return {@link #unreclaimed} at the end
     */
    List<String> reclaim(Duration limit);

    /**
     * Ids of started bundles that do something by themselves: they offer a service, or have components, a Blueprint context or an activator.
     */
    Set<Long> working();

    /** Hears what becomes of bundles from now on, whoever does it, until it is closed. */
    Watch watch();

    /** What becomes of bundles. Thread safety: safe for use by many threads. */
    interface Watch extends AutoCloseable {
        /** In the order in which it happened. */
        List<Disturbed> disturbed();

        @Override
        void close();
    }

    /**
     * Something that happened to a bundle.
     *
     * @param bundle {@code name version}
     * @param what {@code installed}, {@code stopped}, {@code updated}, {@code unresolved} or {@code uninstalled}
     */
    record Disturbed(long id, String bundle, String what) {}

    /** How a bundle is started. */
    enum Start {
        /** This run of the container only (OSGi: START_TRANSIENT). */
        TRANSIENT,
        /** This run and every later one. */
        PERSISTENT
    }
}
