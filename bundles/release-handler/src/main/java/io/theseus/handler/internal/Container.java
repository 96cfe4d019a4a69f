// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal;

import io.theseus.handler.internal.eval.Asker;
import io.theseus.handler.internal.eval.Evaluator;
import io.theseus.handler.internal.eval.Kept;
import io.theseus.handler.internal.eval.Operation;
import io.theseus.handler.internal.eval.Workers;
import io.theseus.handler.internal.store.Disk;
import io.theseus.handler.internal.store.History;
import io.theseus.handler.internal.store.Journal;
import io.theseus.handler.internal.store.ReleaseStore;
import io.theseus.handler.internal.store.Releases;
import io.theseus.handler.internal.store.Trial;
import io.theseus.handler.internal.store.TrialFile;
import io.theseus.release.Problem;
import io.theseus.release.Progress;
import io.theseus.release.RefusedException;
import io.theseus.release.Release;
import io.theseus.release.ReleaseId;
import io.theseus.release.ReleaseInfo;
import io.theseus.release.ReleaseStatus;
import io.theseus.release.Report;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What release handling knows about this container. Readers see the last complete picture; only the handler thread changes it.
 */
final class Container {
    private static final Logger LOG = LoggerFactory.getLogger(Container.class);
    final Ports ports;
    final Deciding deciding;
    final Clock clock;
    final ReleaseStore store;
    final Journal journal;
    final Evaluator evaluator;
    final TrialFile trials;
    final Adopting adopting = new Adopting(this);
    final Peace peace;
    private final Boot boot;
    private final AtomicLong numbers;
    private volatile Releases releases;
    private volatile Optional<Kept> kept = Optional.empty();
    private volatile Optional<Instant> baking = Optional.empty();
    private volatile Set<String> ailments = Set.of();
    private volatile Optional<ReleaseId> leaving = Optional.empty();
    private volatile long running;
    private volatile Optional<Long> broken = Optional.empty();
    private final Optional<Trial> trial;
    private Optional<Trying> trying = Optional.empty();

    /**
     * Opens the store.
     *
     * @param folder where it is
     * @param early whether this is the start of the container, below the start level of its applications
     */
    Container(Ports ports, Deciding deciding, Disk disk, Clock clock, Path folder, Workers workers, boolean early) {
        this.ports = ports;
        this.peace = new Peace(ports);
        this.deciding = deciding;
        this.clock = clock;
        this.store = new ReleaseStore(folder, disk);
        this.boot = new Boot(ports, store, new Fetching(deciding), clock);
        this.trials = new TrialFile(folder, disk);
        this.journal = new Journal(store.journal(), disk, clock);
        this.numbers = new AtomicLong(History.last(journal.last()));
        List<ReleaseInfo> ended = new ArrayList<>();
        Optional<Kept> warm = Warm.kept(ports, store.read());
        this.kept = warm;
        this.baking = warm.map(any -> clock.instant());
        this.trial = early && warm.isEmpty() ? nextTrial() : Optional.empty();
        this.releases = warm.isPresent() ? store.read().orElseThrow() : boot.releases(trial.map(Trial::to), ended::add);
        this.evaluator = new Evaluator(ports, deciding, store, workers);
        ended.forEach(this::restarted);
    }

    /** Brings the container to its permanent release, and writes into the journal what the last run was interrupted in. */
    void start() {
        if (kept.isPresent()) {
            ports.switchboard().declare(releases.applications());
            peace.begin(kept.get());
        } else if (trial.isEmpty() || !begins(trial.get())) {
            boot.reconcile(releases);
        }

        for (Report report : history(journal.last())) {
            if (report.outcome() == Report.Outcome.INTERRUPTED && report.number() > 0 && report.number() != running) {
                journal.close(report);
            }
        }
    }

    private Optional<Trial> nextTrial() {
        Optional<Releases> stored = store.read();
        return stored.flatMap(Releases::tried)
                .flatMap(info -> trials.begin(
                        stored.get().permanent().release().id(), info.release().id()));
    }

    /** What fails now leads to the permanent release in this start already. */
    private boolean begins(Trial next) {
        ports.switchboard().declare(releases.applications());
        Optional<Trying> begun = Optional.empty();
        try {
            begun = Optional.of(new Trying(this, next));
            begun.get().begin();
            trying = begun;
            return true;
        } catch (RefusedException e) {
            LOG.error("{} is not tried: {}", next.to(), e.getMessage());
            restore(releases.with(releases.get(next.to()).release(), ReleaseStatus.UNPACKED, clock.instant()));
            begun.ifPresent(Trying::givenUp);
            return false;
        }
    }

    /** The release that this start tries, once. */
    Optional<Trying> trying() {
        return trying;
    }

    /** A release that was tried is current. */
    void arrived(Releases next, Kept old, Trial tried) {
        save(next);
        ailments = Set.copyOf(tried.ailments());
        keep(Optional.of(old));
        peace.begin(old);
        trials.delete();
    }

    /** What is no reason to leave the release that is current now, though it is not well. */
    void tolerate(Set<String> next) {
        ailments = Set.copyOf(next);
    }

    /** What was not well before the release that is current now, and is no reason to leave it. */
    Set<String> ailments() {
        return ailments;
    }

    /** Restarts the container, as the last thing it does. */
    void restart(ReleaseId into) {
        leaving = Optional.of(into);
        ports.restart().restart();
    }

    /** The release that the container restarts into: nothing else is done any more. */
    Optional<ReleaseId> leaving() {
        return leaving;
    }

    /** The number of the report of what could not be taken back: nothing more is done until the container is restarted. */
    Optional<Long> broken() {
        return broken;
    }

    /** Ends an operation, and remembers one that left the container damaged. */
    Report end(Operation operation, Report.Outcome outcome) {
        Report report = operation.end(outcome);
        if (outcome == Report.Outcome.BROKEN) {
            broken = Optional.of(report.number());
        }
        return report;
    }

    /** The number of the request under way. */
    long running() {
        return running;
    }

    /** All releases that are known. */
    List<Release> unpacked() {
        return releases.all().stream().map(ReleaseInfo::release).toList();
    }

    Releases releases() {
        return releases;
    }

    /** What an install left warm; empty when the permanent release runs alone. */
    Optional<Kept> kept() {
        return kept;
    }

    /** Since when the current release bakes. */
    Optional<Instant> baking() {
        return baking;
    }

    /** Records the releases: on disk first. */
    void save(Releases next) {
        store.write(next);
        releases = next;
        ports.switchboard().declare(next.applications());
    }

    /** After a record that something came after. What the disk says then is no matter: a restart makes a current release unpacked. */
    void restore(Releases former) {
        if (!releases.equals(former)) {
            releases = former;
            ports.switchboard().declare(former.applications());
            try {
                store.write(former);
            } catch (RefusedException e) {
                LOG.warn("{}", e.getMessage());
            }
        }
    }

    void keep(Optional<Kept> next) {
        kept = next;
        baking = next.map(any -> clock.instant());
    }

    private void restarted(ReleaseInfo info) {
        ReleaseId current = info.release().id();
        ReleaseId permanent = releases.permanent().release().id();
        Operation operation = begin("restart", current, permanent, Asker.NOBODY, Progress.SILENT);
        operation.problem(Problem.of(
                "restarted",
                current.toString(),
                info.status() == ReleaseStatus.CURRENT
                        ? "was not permanent yet when the container ended, and is unpacked now"
                        : "had not come up when the container ended; it was tried once, and is unpacked now"));
        operation.end(Report.Outcome.DONE);
        ended();
    }

    Operation begin(String name, ReleaseId from, ReleaseId to, Asker who, Progress progress) {
        long number = numbers.incrementAndGet();
        running = number;
        return new Operation(journal, clock, new Operation.Asked(number, name, from, to, who, progress));
    }

    void ended() {
        running = 0;
    }

    List<Report> history() {
        return history(journal.read());
    }

    private List<Report> history(Journal.Contents contents) {
        return History.of(contents, releases.permanent().release().id(), running);
    }
}
