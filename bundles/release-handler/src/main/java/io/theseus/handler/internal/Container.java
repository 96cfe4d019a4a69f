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
import io.theseus.release.Problem;
import io.theseus.release.Progress;
import io.theseus.release.RefusedException;
import io.theseus.release.Release;
import io.theseus.release.ReleaseId;
import io.theseus.release.ReleaseInfo;
import io.theseus.release.Report;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
    private final Boot boot;
    private final AtomicLong numbers;
    private volatile Releases releases;
    private volatile Optional<Kept> kept = Optional.empty();
    private volatile Optional<Instant> baking = Optional.empty();
    private volatile long running;

    /** @param folder where the store is */
    Container(Ports ports, Deciding deciding, Disk disk, Clock clock, Path folder, Workers workers) {
        this.ports = ports;
        this.deciding = deciding;
        this.clock = clock;
        this.store = new ReleaseStore(folder, disk);
        this.boot = new Boot(ports, store, new Fetching(deciding), clock);
        List<ReleaseId> ended = new ArrayList<>();
        Optional<Kept> warm = boot.warm();
        this.kept = warm;
        this.baking = warm.map(any -> clock.instant());
        this.releases = warm.isPresent() ? store.read().orElseThrow() : boot.releases(ended::add);
        this.journal = new Journal(store.journal(), disk, clock);
        this.numbers = new AtomicLong(History.last(journal.read()));
        this.evaluator = new Evaluator(ports, deciding, store, workers);
        ended.forEach(this::restarted);
    }

    /** Brings the container to its permanent release, and writes into the journal what the last run was interrupted in. */
    void start() {
        if (kept.isPresent()) {
            ports.switchboard().declare(releases.applications());
        } else {
            boot.reconcile(releases);
        }

        for (Report report : history()) {
            if (report.outcome() == Report.Outcome.INTERRUPTED && report.number() > 0) {
                journal.close(report);
            }
        }
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

    private void restarted(ReleaseId current) {
        ReleaseId permanent = releases.permanent().release().id();
        Operation operation = begin("restart", current, permanent, Asker.NOBODY, Progress.SILENT);
        operation.problem(Problem.of(
                "restarted",
                current.toString(),
                "was not permanent yet when the container ended, and is unpacked now"));
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
        return History.of(journal.read(), releases.permanent().release().id(), running);
    }
}
