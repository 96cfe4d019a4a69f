// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal;

import io.theseus.handler.internal.eval.Arrival;
import io.theseus.handler.internal.eval.Asker;
import io.theseus.handler.internal.eval.Course;
import io.theseus.handler.internal.eval.Operation;
import io.theseus.handler.internal.eval.Problems;
import io.theseus.handler.internal.eval.Workers;
import io.theseus.handler.internal.store.Releases;
import io.theseus.handler.internal.store.Trial;
import io.theseus.port.CodeServer.Start;
import io.theseus.port.Snapshot;
import io.theseus.port.Snapshot.Installed;
import io.theseus.release.BundleSpec;
import io.theseus.release.Problem;
import io.theseus.release.Progress;
import io.theseus.release.RefusedException;
import io.theseus.release.Release;
import io.theseus.release.ReleaseStatus;
import io.theseus.release.Report;
import io.theseus.release.StartType;
import io.theseus.relup.Script;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * The start of the container in a release that is not permanent, once: the permanent release is kept down, its successors are started for this
 * run only, and when all of it is well the release is current. If it is not in time, the container restarts into the permanent release.
 *
 * <p>The trial is marked as tried before anything else happens, so a JVM that ends at any instant leads to the permanent release.
 *
 * <p>Thread safety: {@link #begin} is called once, then {@link #go} by the handler thread.
 */
final class Trying {
    private static final Duration LOOK = Duration.ofMillis(200);
    private final Container container;
    private final Trial trial;
    private final Release from;
    private final Release to;
    private final Operation operation;
    private final long until;
    /** Bundles that the container itself does not start, in the order of the release. */
    private final Map<Long, BundleSpec> coming = new LinkedHashMap<>();

    /** @throws RefusedException {@code journal} */
    Trying(Container container, Trial trial) {
        this.container = container;
        this.trial = trial;
        this.from = container.releases().get(trial.from()).release();
        this.to = container.releases().get(trial.to()).release();
        this.until = System.nanoTime() + trial.options().restartLimit().toNanos();
        this.operation = container.begin("trial", from.id(), to.id(), asker(), Progress.SILENT);
    }

    Asker asker() {
        return new Asker(trial.who(), trial.reason());
    }

    Trial trial() {
        return trial;
    }

    /**
     * Below the start level of the applications: keeps down what is not in the release.
     *
     * @throws RefusedException with what failed: nothing has been started
     */
    void begin() {
        try {
            operation.step("start", "go on with report " + trial.report(), () -> {});
            Snapshot snapshot = container.ports.code().snapshot();
            for (BundleSpec bundle : from.bundles()) {
                Optional<Installed> found = snapshot.find(bundle.symbolicName(), bundle.version());
                if (found.isPresent() && !Boot.contains(to, bundle)) {
                    operation.step("start", "keep " + bundle + " down", () -> keepDown(found.get(), bundle));
                }
            }
            for (BundleSpec bundle : to.bundles()) {
                if (!Boot.contains(from, bundle)) {
                    bring(bundle, snapshot);
                }
            }
            Snapshot brought = container.ports.code().snapshot();
            for (BundleSpec bundle : to.bundles()) {
                brought.find(bundle.symbolicName(), bundle.version())
                        .filter(found -> !found.fragment())
                        .filter(found -> !found.persistent() || !Boot.contains(from, bundle))
                        .ifPresent(found -> coming.put(found.id(), bundle));
            }
        } catch (Exception | Error e) {
            operation.problems(Problems.of(e, to.id().toString()));
            throw new RefusedException(operation.problems());
        }
    }

    /** What {@link #begin} could not begin has ended; the permanent release starts in this JVM. */
    void givenUp() {
        operation.end(Report.Outcome.UNDONE);
        container.ended();
    }

    // A library that stays could be what others are wired to; it has no data, and the store has its file.
    private void keepDown(Installed installed, BundleSpec bundle) {
        if (bundle.role() == BundleSpec.Role.LIBRARY && Files.exists(container.store.bundle(bundle.sha256()))) {
            container.ports.code().uninstall(installed.id());
            return;
        }
        container.ports.code().stop(installed.id());
        container.ports.code().persist(installed.id(), Start.TRANSIENT);
    }

    private void bring(BundleSpec bundle, Snapshot snapshot) throws Exception {
        if (snapshot.find(bundle.symbolicName(), bundle.version()).isEmpty()) {
            operation.step(
                    "start",
                    "install " + bundle,
                    () -> container.ports.code().install(bundle, container.store.verified(bundle.sha256())));
        }
    }

    /**
     * Brings the release up, or the container back.
     *
     * @param ending whether the container ends meanwhile: then nothing is decided
     */
    Report go(Workers workers, BooleanSupplier ending) throws InterruptedException {
        Optional<Arrival> begun = Optional.empty();
        try {
            Arrival arrival = new Arrival(container.ports, container.deciding, course(), operation, workers);
            begun = Optional.of(arrival);
            int level = coming.values().stream()
                    .filter(bundle -> bundle.type().starts())
                    .mapToInt(BundleSpec::startLevel)
                    .max()
                    .orElse(0);
            operation.step(
                    "start",
                    "come up to start level " + level,
                    () -> await(ending, () -> container.ports.code().reached(level), () -> List.of()));
            arrival.resolve(coming.keySet().stream()
                    .filter(id -> Objects.requireNonNull(coming.get(id)).type() == StartType.LOADED)
                    .toList());
            for (Map.Entry<Long, BundleSpec> each : coming.entrySet()) {
                if (each.getValue().type().starts()) {
                    arrival.start(each.getValue(), each.getKey(), left());
                }
            }
            Health health = new Health(container.ports.code(), to, Set.of(), Set.copyOf(trial.ailments()));
            operation.step(
                    "start",
                    "wait until all are well",
                    () -> await(ending, () -> health.problems().isEmpty(), health::problems));
            arrival.rest();
            operation.step(
                    "done",
                    "record",
                    () -> container.arrived(with(ReleaseStatus.CURRENT), Cold.kept(container.ports, from, to), trial));
            return operation.end(Report.Outcome.DONE);
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception | Error e) {
            return back(e, begun);
        } finally {
            container.ended();
        }
    }

    private Report back(Throwable why, Optional<Arrival> arrival) {
        operation.problems(Problems.of(why, to.id().toString()));
        List<Problem> failures = arrival.map(Arrival::undo).orElse(List.of());
        operation.problems(failures);
        container.restore(with(ReleaseStatus.UNPACKED));
        Report report = operation.end(failures.isEmpty() ? Report.Outcome.UNDONE : Report.Outcome.BROKEN);
        container.restart(from.id());
        return report;
    }

    private Releases with(ReleaseStatus status) {
        return container.releases().with(to, status, container.clock.instant());
    }

    private Course course() {
        StringBuilder text = new StringBuilder("- restart_new_container\n- point_of_no_return\n");
        trial.script().forEach(line -> text.append("- ").append(line).append('\n'));
        Script script = container.deciding.script("TRIAL", text.toString());
        return new Course(
                from,
                to,
                script,
                container.ports.code().snapshot(),
                Map.of(),
                trial.options(),
                Optional.empty(),
                () -> {},
                () -> {});
    }

    private void await(BooleanSupplier ending, BooleanSupplier there, Supplier<List<Problem>> missing)
            throws Exception {
        while (!there.getAsBoolean()) {
            if (left().isZero()) {
                List<Problem> problems = new ArrayList<>();
                problems.add(Problem.of(
                                "not-well",
                                to.id().toString(),
                                "did not come up within "
                                        + trial.options().restartLimit().toMillis() + " ms")
                        .withHint("the container restarts into " + from.id() + "; --restart-limit gives more time"));
                problems.addAll(missing.get());
                throw new RefusedException(problems);
            }
            if (ending.getAsBoolean()) {
                throw new InterruptedException("the container ends");
            }
            Thread.sleep(LOOK.toMillis());
        }
    }

    private Duration left() {
        long left = until - System.nanoTime();
        return left > 0 ? Duration.ofNanos(left) : Duration.ZERO;
    }
}
