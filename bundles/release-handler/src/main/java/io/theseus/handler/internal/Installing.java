// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal;

import io.theseus.handler.internal.eval.Action;
import io.theseus.handler.internal.eval.Asker;
import io.theseus.handler.internal.eval.Course;
import io.theseus.handler.internal.eval.Evaluator;
import io.theseus.handler.internal.eval.Operation;
import io.theseus.handler.internal.eval.Restarts;
import io.theseus.handler.internal.store.Releases;
import io.theseus.port.Snapshot;
import io.theseus.release.BundleSpec;
import io.theseus.release.InstallOptions;
import io.theseus.release.Problem;
import io.theseus.release.Progress;
import io.theseus.release.RefusedException;
import io.theseus.release.Release;
import io.theseus.release.ReleaseId;
import io.theseus.release.ReleaseInfo;
import io.theseus.release.ReleaseStatus;
import io.theseus.release.Report;
import io.theseus.release.StartType;
import io.theseus.relup.Instruction;
import io.theseus.relup.Script;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** {@code install} and {@code check}. Thread safety: used by the handler thread. */
final class Installing {
    private static final long RESERVE = 20_000_000;
    private final Container container;
    private final Plans plans;

    Installing(Container container, Plans plans) {
        this.container = container;
        this.plans = plans;
    }

    Report check(ReleaseId target, Asker who, Progress progress) {
        Release to = target(target);
        Release from = container.releases().current().release();
        Course course = course(from, to, InstallOptions.DEFAULT, who);
        Operation operation = container.begin("check", from.id(), to.id(), who, progress);
        try {
            return container.end(operation, container.evaluator.check(course, operation));
        } catch (RefusedException e) {
            operation.end(Report.Outcome.REFUSED);
            throw e;
        } finally {
            container.ended();
        }
    }

    /** @param name of the operation: {@code install, upgrade, downgrade} */
    Report install(String name, ReleaseId target, InstallOptions options, Asker who, Progress progress) {
        Release to = target(target);
        Release from = container.releases().current().release();
        return run(name, course(from, to, options, who), who, progress);
    }

    /** Runs a course. What it left warm is kept; where the release stays nothing is. */
    Report run(String name, Course course, Asker who, Progress progress) {
        ReleaseId from = course.from().id();
        ReleaseId to = course.to().id();
        Operation operation = container.begin(name, from, to, who, progress);
        boolean bakes = course.options().bake().isPresent();
        try {
            Set<String> ailments = new HashSet<>(bakes ? ailments(course) : List.of());
            Evaluator.Result result = container.evaluator.install(course, operation);
            if (result.outcome() == Report.Outcome.RESTARTING) {
                Report report = operation.end(result.outcome());
                container.restart(to);
                return report;
            }
            if (result.outcome() == Report.Outcome.DONE && from.equals(to)) {
                container.peace.end();
                // Nothing bakes that could be rolled back, least of all by the rollback of a later install.
                RollingBack.attempt(
                        operation,
                        "settle configurations",
                        () -> container.ports.configurations().settle());
            } else if (result.outcome() == Report.Outcome.DONE) {
                container.keep(Optional.of(result.kept()));
                container.peace.begin(result.kept());
                ailments.addAll(
                        bakes
                                ? health(course.to(), result.kept().retired())
                                        .ailments(dispensable(course.script())::contains)
                                : List.of());
                container.tolerate(ailments);
            }
            return container.end(operation, result.outcome());
        } catch (RefusedException e) {
            operation.end(Report.Outcome.REFUSED);
            throw e;
        } finally {
            container.ended();
        }
    }

    /** What stays in its version stays as it is, whatever its type is now. */
    private List<String> ailments(Course course) {
        Release from = course.from();
        Release to = course.to();
        List<String> all = new ArrayList<>(health(from, Set.of()).ailments());
        all.addAll(health(to, Set.of())
                .ailments(name ->
                        to.bundle(name).filter(b -> Boot.contains(from, b)).isPresent()));
        return all;
    }

    private Health health(Release release, Set<Long> retired) {
        return new Health(container.ports.code(), release, retired, Set.of());
    }

    /** Bundles that need not be active: their release says so. */
    private static Set<String> dispensable(Script script) {
        return script.instructions(Instruction.LoadObjectCode.class)
                .filter(load -> load.type() != StartType.REQUIRED)
                .map(Instruction.LoadObjectCode::application)
                .collect(Collectors.toSet());
    }

    Release target(ReleaseId target) {
        ReleaseInfo info = container.releases().get(target);
        ReleaseInfo current = container.releases().current();
        if (info.release().id().equals(current.release().id())) {
            throw new RefusedException(Problem.of("already-installed", "", "release " + target + " runs already"));
        }
        if (current.status() == ReleaseStatus.CURRENT) {
            throw new RefusedException(
                    Problem.of("baking", "", "release " + current.release().id() + " is not permanent yet")
                            .withHint(
                                    info.status() == ReleaseStatus.PERMANENT
                                            ? "release:rollback goes back to " + target
                                            : "make it permanent or roll it back first; --force makes it permanent and goes on"));
        }
        Transitions.next(info, Transitions.Action.INSTALL);
        return info.release();
    }

    private Course course(Release from, Release to, InstallOptions options, Asker who) {
        Plans.Made made = plans.plan(from, to);
        return course(from, to, made.script(), made.snapshot(), options, who);
    }

    Course course(Release from, Release to, Script script, Snapshot snapshot, InstallOptions options, Asker who) {
        container.store.needRoom(RESERVE + size(to));
        Releases before = container.releases();
        Action current =
                () -> container.save(container.releases().with(to, ReleaseStatus.CURRENT, container.clock.instant()));
        return new Course(
                from,
                to,
                script,
                snapshot,
                plans.back(from, to, snapshot),
                options,
                Optional.empty(),
                new Restarts(script).any() ? new Announcing(container).of(from, to, script, options, who) : current,
                () -> container.restore(before));
    }

    // The framework copies what it installs.
    private long size(Release release) {
        long size = 0;
        for (BundleSpec bundle : release.bundles()) {
            Path file = container.store.bundle(bundle.sha256());
            try {
                size += Files.exists(file) ? Files.size(file) : 0;
            } catch (IOException e) {
                throw new RefusedException(Problem.of("store", file.toString(), "can not be read: " + e.getMessage()));
            }
        }
        return size;
    }
}
