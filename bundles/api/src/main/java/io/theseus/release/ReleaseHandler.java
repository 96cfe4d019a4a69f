// SPDX-License-Identifier: Apache-2.0
package io.theseus.release;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Release handling for this container: the counterpart of OTP's {@code release_handler}.
 *
 * <p>One thread, {@code release-handler}, does everything that changes something. A request that finds it busy is refused,
 * it does not wait. Queries never wait. Thread safety: safe for use by many threads. Every method that changes something
 * blocks until it is done; {@link RefusedException} means that nothing has changed.
 */
@ProviderType
public interface ReleaseHandler {
    /** Every known release, newest first. */
    List<ReleaseInfo> releases();

    /**
     * Finds a release by what a person types: {@code name/version}, or only the version when one name has it.
     *
     * @throws RefusedException {@code no-such-release}, {@code ambiguous-release}
     */
    ReleaseInfo find(String text);

    /**
     * Reads a release from a Karaf feature repository (XML) or a release file (YAML), fetches and verifies its bundles and
     * stores them. One that is known with the same content stays as it is, whatever its status, and is answered. A snapshot
     * ({@link ReleaseId#snapshot}) that could be removed is replaced by another build of it.
     *
     * @param source any URL the container understands: file, http(s), mvn
     * @param features which features of a repository, {@code name} or {@code name/version}, with those they include; none: all of them.
     *     One alone gives the release its name
     * @throws RefusedException {@code existing-release} when it is known with other content, one problem for each difference;
     *     {@code bad-release-file}, {@code missing-bundle}, {@code wrong-digest},
     *     {@code duplicate-application}, {@code bad-appup}, {@code busy}, {@code store}
     */
    ReleaseInfo unpack(URI source, List<String> features);

    /** All features of a repository, or a release file. */
    default ReleaseInfo unpack(URI source) {
        return unpack(source, List.of());
    }

    /**
     * Stores a release whose files were put into a folder by hand, for a container that can not reach where its locations lead. Its bundles
     * and appups are read from there, each under the name of its file: {@code mvn:org.acme/ledger/2.0.0} is {@code ledger-2.0.0.jar}. The
     * folder may be laid out as a Maven repository too.
     *
     * @param source URL of the release file or feature repository
     * @throws RefusedException as {@link #unpack}
     */
    ReleaseInfo setUnpacked(URI source, Path folder);

    /**
     * Decides how to get from the current release to another. Runs nothing.
     *
     * @throws RefusedException {@code no-such-release}
     */
    Plan plan(ReleaseId target);

    /**
     * Decides how to get from one release to another, whichever of them runs. Who calls whom and who uses what is seen from what runs now.
     *
     * @throws RefusedException {@code no-such-release}
     */
    Plan plan(ReleaseId from, ReleaseId target);

    /**
     * Plans, then does everything up to the point of no return, and takes it back: digests, resolution, activation,
     * state types. Runs no {@code apply}.
     *
     * @throws RefusedException with everything that stands in the way of an install
     */
    Report check(ReleaseId target, Progress progress);

    /**
     * Installs a release.
     *
     * @return a report whose outcome is DONE, or UNDONE when it failed and was taken back; RESTARTING when the script restarts the
     *     container, which it does soon after
     * @throws RefusedException {@code no-such-release}, {@code already-installed}, {@code busy}, {@code baking}, and every problem of the
     *     plan and the check
     */
    Report install(ReleaseId target, InstallOptions options, Progress progress);

    /**
     * Makes the current release permanent: drops the old generation.
     *
     * @throws RefusedException {@code bad-status}, {@code old-code-in-use}, {@code busy}; with {@link PermanentOptions#refresh} also
     *     {@code can-not-refresh} and {@code does-not-resolve}
     */
    Report makePermanent(ReleaseId release, PermanentOptions options, Progress progress);

    /**
     * Goes back from the current release to the permanent one, whose code is still warm. If the container was restarted into the current
     * one, nothing is warm, and it restarts into the permanent one.
     *
     * @param loseState go back even where no {@code down} entry hands the state back
     * @throws RefusedException {@code not-current}, {@code would-lose-state}, {@code busy}
     */
    Report rollback(boolean loseState, Progress progress);

    /**
     * Makes an old release permanent and restarts the container into it: for when no script leads back. What components hold in
     * memory is lost; data areas and configurations follow. Returns before the container stops.
     *
     * @throws RefusedException {@code no-such-release}, {@code bad-status}, {@code baking}, {@code missing-bundle}, {@code no-restart}, {@code busy}
     */
    Report rebootOld(ReleaseId release, Progress progress);

    /**
     * Forgets a release and removes what no other release uses.
     *
     * @throws RefusedException {@code no-such-release}, {@code bad-status}, {@code busy}
     */
    void remove(ReleaseId release);

    /**
     * Asks the JVM to collect garbage until the class loaders of all code that went are gone, for 20 s at most: the proof that nothing refers to
     * old code. Changes nothing. Each collection stops all threads while it unloads classes, for milliseconds; so it is a request of its own.
     *
     * @return a report of the operation {@code collect} with {@link Report.Figure#LEAKED_LOADERS}, and a problem {@code leaked} for each
     *     bundle that something still refers to
     * @throws RefusedException {@code busy}
     */
    Report collect(Progress progress);

    /**
     * This handler, for requests with a reason. What they are told to be for is kept in the history, beside who asked.
     *
     * @param reason in a person's words
     */
    ReleaseHandler because(String reason);

    Status status();

    /** What was done, oldest first, with what a restart interrupted. */
    List<Report> history();

    List<ApplicationInfo> applications();

    /** Bundles that work and belong to no release: {@link ApplicationChange.Adopt} takes applications among them in. */
    List<UnmanagedInfo> unmanaged();

    /**
     * Changes applications of the current release, all in one step, outside of any release. The result is a release of its own, named after
     * the current one with a qualifier, current until it is made permanent. Applications may go up and down in the same step, each by
     * its own appup.
     *
     * @param changes at least one, and of each application at most one
     * @return a report of the operation {@code upgrade}, {@code downgrade}, {@code add-application} or {@code remove-application}; where there are
     *     several, named as this method; {@code adopt} whenever it adopts
     * @throws RefusedException as {@link #install}, with the problems of all changes; {@code no-such-application}; {@code wrong-direction} when the
     *     version is not on that side; {@code existing-application} when the current release has what is to be added; {@code unmanaged} when
     *     a bundle of that name is there and of no release; {@code duplicate-application}. An adoption also with {@code baking},
     *     {@code bad-argument} when it is to bake or to adopt and to do something else, {@code adopted-already}, {@code system-bundle},
     *     {@code ambiguous-application}, {@code not-started}, {@code other-content}, {@code library} and {@code raw-users}
     */
    Report change(List<ApplicationChange> changes, InstallOptions options, Progress progress);

    /**
     * Runs a script that somebody wrote, checked as strictly as a generated one, from the current release.
     *
     * @param script URL of a list of low-level instructions
     * @param target the release whose code it loads; empty: it loads none, and the current release stays what it is
     * @return a report of the operation {@code eval}, else as of {@link #install}
     * @throws RefusedException {@code bad-relup}, {@code unfit-script} and what {@link #install} refuses
     */
    Report eval(URI script, Optional<ReleaseId> target, InstallOptions options, Progress progress);

    /** How to treat calls that are left in old code. */
    enum Purge {
        SOFT,
        BRUTAL
    }

    /** The request under way, for a message. */
    Optional<String> activity();
}
