// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal;

import io.theseus.handler.internal.eval.Asker;
import io.theseus.handler.internal.eval.Operation;
import io.theseus.handler.internal.eval.Workers;
import io.theseus.release.InstallOptions;
import io.theseus.release.PermanentOptions;
import io.theseus.release.Problem;
import io.theseus.release.Progress;
import io.theseus.release.RefusedException;
import io.theseus.release.Report;
import io.theseus.release.Report.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an install was asked to do when it is done: bake, go back when that fails, be made permanent when it does not.
 *
 * <p>Thread safety: safe for use by many threads; none of them is the handler's.
 */
final class Afterwards {
    private static final Logger LOG = LoggerFactory.getLogger(Afterwards.class);
    private final Opening opening;
    private final HandlerThread thread;
    private final Running running;

    Afterwards(Opening opening, HandlerThread thread, Running running) {
        this.opening = opening;
        this.thread = thread;
        this.running = running;
    }

    /** Runs a request on the handler thread. */
    interface Running {
        <T> T run(String what, Callable<T> request);
    }

    /** What was asked goes on without the one who asked: that session ended with the JVM before. */
    void follow(Trying trying, Workers workers) {
        String release = trying.trial().to().toString();
        Future<Report> coming = thread.begin("trial of " + release, () -> trying.go(workers, thread::closed));
        Thread following = new Thread(
                () -> {
                    try {
                        of(HandlerThread.await(coming), trying.trial().options(), trying.asker(), Progress.SILENT);
                    } catch (RuntimeException e) {
                        LOG.info("The trial of {} has ended: {}", release, e.getMessage());
                    }
                },
                "release-trial");
        following.setDaemon(true);
        following.start();
    }

    Report of(Report report, InstallOptions options, Asker who, Progress progress) {
        if (report.outcome() != Outcome.DONE) {
            return report;
        }
        Optional<Problem> unhealthy = options.bake()
                .flatMap(time -> new Baking(opening.container(), report.to(), time).await(thread, progress));
        if (unhealthy.isPresent()) {
            return switch (unhealthy.get().code()) {
                case Baking.UNWATCHED -> Baking.with(report, report.outcome(), List.of(unhealthy.get()));
                case Baking.ROLLED_BACK -> Baking.undone(report, List.of(unhealthy.get()));
                default -> takeBack(report, unhealthy.get(), who, progress);
            };
        }
        if (!options.makePermanent()) {
            return report;
        }
        return makePermanent(
                report,
                options.refresh() ? PermanentOptions.DEFAULT.refreshing() : PermanentOptions.DEFAULT,
                who,
                progress);
    }

    private Report makePermanent(Report report, PermanentOptions how, Asker who, Progress progress) {
        try {
            running.run(
                    "make-permanent " + report.to(),
                    () -> new MakingPermanent(opening.container()).makePermanent(report.to(), how, who, progress));
            return report;
        } catch (RefusedException e) {
            boolean runs =
                    opening.container().releases().current().release().id().equals(report.to());
            return Baking.with(report, runs ? report.outcome() : Outcome.UNDONE, e.problems());
        }
    }

    private Report takeBack(Report report, Problem why, Asker who, Progress progress) {
        try {
            Report back = thread.waiting(() -> running.run(
                    "rollback",
                    () -> new RollingBack(opening.container(), opening.plans())
                            .rollback(false, Optional.of(why), who, progress)));
            return back.outcome() == Outcome.DONE || back.outcome() == Outcome.RESTARTING
                    ? Baking.undone(report, List.of(why))
                    : Baking.with(report, back.outcome(), back.problems());
        } catch (RefusedException e) {
            List<Problem> problems = new ArrayList<>(List.of(why));
            problems.addAll(e.problems());
            record(report, problems, who);
            return Baking.with(report, Outcome.UNHEALTHY, problems);
        }
    }

    /** Whoever asked may have gone: the history says that it runs and is not well. */
    private void record(Report report, List<Problem> problems, Asker who) {
        try {
            thread.waiting(() -> thread.run("bake " + report.to(), () -> {
                Container container = opening.container();
                Operation operation = container.begin("bake", report.from(), report.to(), who, Progress.SILENT);
                operation.problems(problems);
                Report told = operation.end(Outcome.UNHEALTHY);
                container.ended();
                return told;
            }));
        } catch (RefusedException e) {
            LOG.error("{} is not well and was not rolled back: {}; {}", report.to(), problems, e.getMessage());
        }
    }
}
