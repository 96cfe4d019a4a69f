// SPDX-License-Identifier: Apache-2.0
package io.theseus.deployer.internal;

import io.theseus.deployer.internal.Content.Jar;
import io.theseus.deployer.internal.Decision.ByHand;
import io.theseus.deployer.internal.Decision.Change;
import io.theseus.deployer.internal.Decision.Install;
import io.theseus.deployer.internal.Decision.Leave;
import io.theseus.deployer.internal.Decision.Refuse;
import io.theseus.deployer.internal.Decision.Wait;
import io.theseus.deployer.internal.Policy.Way;
import io.theseus.deployer.internal.Wanted.Step;
import io.theseus.release.BundleSpec;
import io.theseus.release.Problem;
import io.theseus.release.ReleaseId;
import io.theseus.release.ReleaseInfo;
import io.theseus.release.ReleaseStatus;
import java.util.List;
import java.util.Optional;
import org.osgi.framework.Version;

/**
 * Decides what to do with a file, from what it is, what runs and what lies beside it. Pure.
 *
 * <p>Of several files for one application, or for releases of one name, the highest version counts: so the order in which they came
 * does not matter, nor what their names are.
 */
final class Deciding {
    private Deciding() {}

    /**
     * Another file for the same application or release.
     *
     * @param settled whether it got its answer; one that was refused is not told of here
     */
    record Beside(String file, Version version, String sha256, boolean settled) {}

    static Decision of(Jar jar, String sha256, Known known, List<Beside> beside, Policy policy) {
        Optional<BundleSpec> running = known.application(jar.symbolicName());
        Step step = step(jar, running);
        if (running.filter(r -> runs(jar, sha256, r)).isPresent()) {
            return new Leave(jar + " runs already");
        }
        Optional<Beside> rival = beside.stream()
                .filter(b -> b.version().equals(jar.version()) && !b.sha256().equals(sha256))
                .findFirst();
        if (rival.isPresent()) {
            return rival(jar, rival.get());
        }
        Optional<Decision> newer = newer(jar.version(), beside, jar.symbolicName());
        if (newer.isPresent()) {
            return newer.get();
        }
        if (policy.install() == Way.AUTO && known.baking().isPresent()) {
            return bakes(known);
        }
        return policy.install() == Way.AUTO ? new Change(step) : new ByHand(command(step, jar, running));
    }

    private static Step step(Jar jar, Optional<BundleSpec> running) {
        return running.map(r -> jar.version().compareTo(r.version()) < 0 ? Step.DOWN : Step.UP)
                .orElse(Step.ADD);
    }

    private static String command(Step step, Jar jar, Optional<BundleSpec> running) {
        return running.map(r -> "use application:" + (step == Step.UP ? "upgrade " : "downgrade ") + jar.symbolicName()
                        + " with this file; " + r.version() + " runs")
                .orElse("use application:install with this file; no " + jar.symbolicName() + " runs");
    }

    /** Whether the application in a file runs in that version and build. */
    static boolean runs(Jar jar, String sha256, Known known) {
        return known.application(jar.symbolicName())
                .filter(bundle -> runs(jar, sha256, bundle))
                .isPresent();
    }

    private static boolean runs(Jar jar, String sha256, BundleSpec running) {
        return running.version().equals(jar.version()) && running.mayHave(sha256);
    }

    /** Which of two builds of a version is the newer one nobody can tell. */
    private static Decision rival(Jar jar, Beside rival) {
        return new Refuse(Problem.of(
                        "same-version-other-content",
                        jar.toString(),
                        rival.file() + " beside it is another build of this version, and has other content")
                .withHint("keep one of the two, and touch it"));
    }

    static Decision of(ReleaseId release, Known known, List<Beside> beside, Policy policy) {
        Optional<ReleaseStatus> status = known.release(release).map(ReleaseInfo::status);
        if (status.filter(s -> s != ReleaseStatus.UNPACKED && s != ReleaseStatus.OLD)
                .isPresent()) {
            return new Leave("release " + release + " runs already");
        }
        return newer(release.version(), beside, release.name())
                .orElseGet(() -> policy.install() == Way.MANUAL
                        ? byHand(release)
                        : known.baking().isPresent() ? bakes(known) : new Install(release));
    }

    static Decision byHand(ReleaseId release) {
        return new ByHand("release " + release + " is unpacked; use release:install " + release);
    }

    private static Decision bakes(Known known) {
        return new Wait("waits until release " + known.baking().orElseThrow().id() + " is permanent or rolled back");
    }

    private static Optional<Decision> newer(Version version, List<Beside> beside, String of) {
        return beside.stream()
                .filter(b -> b.version().compareTo(version) > 0)
                .findFirst()
                .map(b -> b.settled()
                        ? new Leave(b.file() + " beside it is " + of + " " + b.version() + " and counts; to go back to "
                                + version + " remove that file and touch this one")
                        : new Wait("waits for " + b.file() + ", which is " + of + " " + b.version()));
    }
}
