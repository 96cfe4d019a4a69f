// SPDX-License-Identifier: Apache-2.0
package io.theseus.deployer.internal;

import io.theseus.api.Direction;
import io.theseus.deployer.internal.Answer.State;
import io.theseus.deployer.internal.Content.Jar;
import io.theseus.deployer.internal.Policy.Way;
import io.theseus.release.ApplicationChange;
import io.theseus.release.ApplicationChange.Add;
import io.theseus.release.ApplicationChange.Remove;
import io.theseus.release.ApplicationChange.Replace;
import io.theseus.release.Plan;
import io.theseus.release.Problem;
import io.theseus.release.RefusedException;
import io.theseus.release.ReleaseId;
import io.theseus.release.Report;
import io.theseus.release.Report.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries decisions out, and tells what became of them. What is refused or taken back leaves no release behind that this brought.
 *
 * <p>Thread safety: used by one thread.
 */
final class Acting {
    private static final Logger LOG = LoggerFactory.getLogger(Acting.class);
    /** What passes by itself. */
    private static final Set<String> PASSING = Set.of("busy", "old-code-in-use");

    private static final String ENDED = "the container ended while it was installed";

    private final Requests requests;
    private final Answered answered;
    private final Staging staging;
    private final Duration leaving;
    private final InstantSource clock;
    /** One release at a time is to be made permanent. */
    private Instant notBefore = Instant.MIN;

    Acting(Requests requests, Answered answered, Staging staging, Duration leaving, InstantSource clock) {
        this.requests = requests;
        this.answered = answered;
        this.staging = staging;
        this.leaving = leaving;
        this.clock = clock;
    }

    /** @param brought whether the release was not known before */
    Answer install(Item item, ReleaseId release, boolean brought, Policy policy) {
        Plan plan = requests.plan(release);
        Answer answer = plan.problems().isEmpty()
                ? begun(
                        Map.of(item, new Answer(State.BEGUN, Optional.of(release), ENDED)),
                        false,
                        policy,
                        () -> requests.install(item.path(), release, policy.options()))
                : Answer.refused(plan.problems());
        if (brought && answer.state() == State.REFUSED) {
            remove(item.path(), release);
        }
        return answer.of(Optional.of(release));
    }

    /** @return the answer to each of them */
    Answer change(List<Wanted> group, Policy policy) {
        List<Path> copies = new ArrayList<>();
        try {
            List<ApplicationChange> changes = new ArrayList<>();
            for (Wanted wanted : group) {
                changes.add(change(wanted, copies));
            }
            Map<Item, Answer> records = new LinkedHashMap<>();
            group.forEach(wanted -> records.put(wanted.item(), begun(wanted, group.size() - 1)));
            return begun(
                    records,
                    true,
                    policy,
                    () -> requests.change(
                            group.stream().map(w -> w.item().path()).toList(), changes, policy.options()));
        } catch (IOException e) {
            return Answer.waiting("can not be copied: " + e.getMessage());
        } finally {
            copies.forEach(Acting::delete);
        }
    }

    private ApplicationChange change(Wanted wanted, List<Path> copies) throws IOException {
        if (!(wanted.item().content() instanceof Jar jar)) {
            return new Remove(wanted.application());
        }
        Path copy = staging.copy(wanted.item().path(), jar, wanted.item().sha256());
        copies.add(copy);
        return switch (wanted.step()) {
            case UP -> new Replace(Direction.UP, wanted.application(), copy.toUri());
            case DOWN -> new Replace(Direction.DOWN, wanted.application(), copy.toUri());
            case ADD -> new Add(copy.toUri());
            case REMOVE -> new Remove(wanted.application());
        };
    }

    private static void delete(Path copy) {
        try {
            Files.deleteIfExists(copy);
        } catch (IOException e) {
            // It is overwritten next time.
        }
    }

    /** Whether a bundle came by a file of a deploy folder. */
    boolean brought(String location) {
        return staging.brought(location);
    }

    /** Tries again to make permanent what runs; the record says that it has begun, until then. */
    Answer makePermanent(Path path, Answer before, Policy policy) {
        ReleaseId release = before.release().orElseThrow();
        Known known = requests.known();
        if (isPermanent(known, release)) {
            return done(release + " is installed and permanent");
        }
        if (known.running().filter(r -> r.id().equals(release)).isEmpty()) {
            return Answer.refused(
                    Problem.of("rolled-back", release.toString(), "was taken back before it was permanent")
                            .withHint("see release:history"));
        }
        if (clock.instant().isBefore(notBefore)) {
            return before;
        }
        try {
            requests.makePermanent(path, release, policy.permanent());
            return done(release + " is installed and permanent");
        } catch (RefusedException e) {
            return runs(release, e.problems());
        }
    }

    /** Forgets a release that this brought; one that runs all the same stays. */
    void remove(Path path, ReleaseId release) {
        try {
            requests.remove(path, release);
        } catch (RefusedException e) {
            LOG.info("Release {} stays: {}", release, e.getMessage());
        }
    }

    private Answer begun(Wanted wanted, int others) {
        String text = others == 0 ? ENDED : ENDED + ", in one step with " + others + " more";
        Answer answer = new Answer(State.BEGUN, Optional.empty(), text);
        return wanted.step() == Wanted.Step.ADD || answered.holds(wanted.application())
                ? answer.adding(wanted.application())
                : answer;
    }

    /**
     * Nothing is begun that would not be known after a kill: a release that brings the container down must not be tried at every start.
     *
     * @param derived whether the release is one that the request makes
     */
    private Answer begun(Map<Item, Answer> records, boolean derived, Policy policy, Supplier<Report> request) {
        Map<Path, Optional<Answered.Entry>> before = new LinkedHashMap<>();
        try {
            for (Map.Entry<Item, Answer> each : records.entrySet()) {
                Item item = each.getKey();
                before.put(item.path(), answered.at(item.path()));
                answered.put(item.path(), item.sha256(), item.stamp(), each.getValue());
            }
        } catch (IOException e) {
            before.forEach(this::restore);
            return Answer.waiting("what is begun can not be recorded: " + e.getMessage());
        }
        Report report;
        try {
            report = request.get();
        } catch (Requests.NotAsked e) {
            // Who is interrupted can not write.
            boolean interrupted = Thread.interrupted();
            before.forEach(this::restore);
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            throw e;
        } catch (RefusedException e) {
            // What a file holds it holds still; whatever else was answered before is answered anew.
            before.forEach((path, last) ->
                    restore(path, last.filter(entry -> entry.answer().added().isPresent())));
            return Answer.of(e);
        }
        return after(records.keySet().iterator().next().path(), report, derived, policy);
    }

    private void restore(Path path, Optional<Answered.Entry> before) {
        before.ifPresentOrElse(entry -> answered.restore(path, entry), () -> answered.forget(path));
    }

    private Answer after(Path path, Report report, boolean derived, Policy policy) {
        ReleaseId to = report.to();
        if (report.outcome() == Outcome.RESTARTING) {
            return done(to + " is installed as far as can be: the container restarts into it");
        }
        if (report.outcome() != Outcome.DONE) {
            if (report.outcome() == Outcome.UNDONE && derived) {
                remove(path, to);
            }
            return Answer.refused(
                    report.problems().isEmpty()
                            ? List.of(Problem.of("failed", to.toString(), "is not installed: " + report.outcome())
                                    .withHint("see release:history"))
                            : report.problems());
        }
        if (isPermanent(requests.known(), to)) {
            return done(to + " is installed and permanent");
        }
        return policy.makePermanent() == Way.AUTO ? runs(to, report.problems()) : byHand(to, "");
    }

    private Answer runs(ReleaseId release, List<Problem> problems) {
        notBefore = clock.instant().plus(leaving);
        String why = problems.isEmpty() ? "" : ": " + problems.get(0);
        return !problems.isEmpty() && problems.stream().map(Problem::code).allMatch(PASSING::contains)
                ? new Answer(State.RUNNING, Optional.of(release), release + " runs and is not permanent yet" + why)
                : byHand(release, why);
    }

    private static Answer byHand(ReleaseId release, String why) {
        return new Answer(
                State.BY_HAND,
                Optional.of(release),
                release + " is installed and not permanent" + why + "; use release:make-permanent " + release
                        + ", or release:rollback");
    }

    private static Answer done(String text) {
        return new Answer(State.DONE, Optional.empty(), text);
    }

    private static boolean isPermanent(Known known, ReleaseId release) {
        return known.permanent().filter(r -> r.id().equals(release)).isPresent();
    }
}
