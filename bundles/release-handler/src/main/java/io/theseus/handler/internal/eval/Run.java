// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal.eval;

import io.theseus.api.Change;
import io.theseus.api.CodeChange;
import io.theseus.handler.internal.Deciding;
import io.theseus.handler.internal.Ports;
import io.theseus.handler.internal.state.Converter;
import io.theseus.port.CodeServer.Start;
import io.theseus.port.Snapshot;
import io.theseus.port.Snapshot.Installed;
import io.theseus.release.BundleSpec;
import io.theseus.release.Problem;
import io.theseus.release.Release;
import io.theseus.relup.Instruction;
import io.theseus.relup.Script;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;

/** What one run of a script knows and has done so far. Thread safety: used by one thread at a time ({@link Turn}). */
final class Run {
    final Ports ports;
    final Course course;
    final Operation operation;
    final UndoStack undo;
    /** Ids of the bundles of the release that ran, and of the one to run, by symbolic name. */
    final Map<String, Long> before;

    final Map<String, Long> after;
    /** Ids of bundles this run installed. */
    final Set<Long> installed = new HashSet<>();
    /** Old bundles that were stopped. */
    final Stopped stopped;
    /** Old components that are suspended, with the state they gave. */
    Map<Part, Suspended> suspended = Map.of();
    /** Old components that did not get quiet in time, and why: they keep their state, their successors begin with nothing. */
    final Map<Part, Problem> skipped = new LinkedHashMap<>();
    /** The applications whose gates were closed. */
    Set<String> gates = Set.of();
    /** Components that were handed a state, or go on without. */
    final Map<Part, Instance> handed = new LinkedHashMap<>();
    /** What components are to do, made before callers wait. */
    final Ready ready = new Ready();
    /** How states are handed over, made before callers wait. */
    final Map<Part, Converter> converters = new HashMap<>();
    /** What they are told about it, made before callers wait. */
    final Map<Part, Change> changes = new HashMap<>();
    /** Those of them that were told to resume. */
    final Set<Part> resumed = new HashSet<>();
    /** Whether the gates have been opened for the new generation. */
    boolean gatesOpened;
    /** Whether calls that passed a gate have ever reached the bundles of the release to run. */
    boolean served;
    /** Whether those that pass none have. */
    boolean switched;

    /** Of the thread that runs this, if another one watches it. */
    Optional<Turn> turn = Optional.empty();

    private final long begun = System.nanoTime();

    /** How long an instruction is that is told whole. One that names hundreds of components is written down while callers wait. */
    private static final int WHOLE = 500;

    /** Every instruction as it is told; put into words here, since while callers wait there is no time for it, nor for comparing long ones. */
    private final IdentityHashMap<Instruction, String> texts;

    /** The same of components. States go back on many threads, and each says whose. */
    private final Map<Part, String> names = new ConcurrentHashMap<>();

    /** How long a step of a component may take, where the script says so. */
    private final Map<Part, Duration> limits;

    Run(Ports ports, Course course, Operation operation, Deciding deciding) {
        this.ports = ports;
        this.course = course;
        this.operation = operation;
        this.undo = new UndoStack(operation);
        this.stopped = new Stopped(ports.code());
        // Where both have a bundle in the same version, it is the one that was installed for the release.
        this.before = ids(course, course.from(), Kept::retired);
        this.after = ids(course, course.to(), Kept::installed);
        this.texts = new IdentityHashMap<>();
        course.script().instructions(Instruction.class).forEach(each -> texts.put(each, told(deciding.print(each))));
        this.limits = limits(course.script());
    }

    /** The same script between the same bundles, from its beginning, with others that do it. */
    Run(Run like, Ports ports, Operation operation) {
        this.ports = ports;
        this.course = like.course;
        this.operation = operation;
        this.undo = new UndoStack(operation);
        this.stopped = new Stopped(ports.code());
        this.before = new HashMap<>(like.before);
        this.after = new HashMap<>(like.after);
        this.texts = like.texts;
        this.limits = like.limits;
        converters.putAll(like.converters);
        changes.putAll(like.changes);
    }

    private static Map<Part, Duration> limits(Script script) {
        Map<Part, Duration> limits = new HashMap<>();
        script.instructions(Instruction.Suspend.class)
                .flatMap(suspend -> suspend.targets().stream())
                .forEach(target -> target.component()
                        .ifPresent(name -> target.timeout()
                                .ifPresent(limit -> limits.put(new Part(target.application(), name), limit))));
        return limits;
    }

    /** How long a step of a component may take. */
    Duration limit(Part part) {
        return limits.getOrDefault(part, drain());
    }

    private static String told(String instruction) {
        return instruction.length() <= WHOLE
                ? instruction
                : instruction.substring(0, WHOLE) + "... (" + instruction.length()
                        + " characters; release:script has all of them)";
    }

    String text(Instruction instruction) {
        return Objects.requireNonNull(texts.get(instruction), "not in the script");
    }

    Optional<Long> before(String application) {
        return Optional.ofNullable(before.get(application));
    }

    Optional<Long> after(String application) {
        return Optional.ofNullable(after.get(application));
    }

    /** For the old bundle of every application that changes its successor. */
    Map<Long, Long> pairs() {
        Map<Long, Long> pairs = new TreeMap<>();
        for (BundleSpec bundle : course.to().applications()) {
            Long old = before.get(bundle.symbolicName());
            Long next = after.get(bundle.symbolicName());
            if (old != null && next != null && !old.equals(next)) {
                pairs.put(old, next);
            }
        }
        return pairs;
    }

    /** Starts a bundle for this run of the container. What it calls meanwhile passes closed gates: they open after it. */
    void start(long bundle) throws Exception {
        boolean forgotten = stopped.remove(bundle);
        ports.switchboard().throughGates(() -> {
            ports.code().start(bundle, Start.TRANSIENT);
            return bundle;
        });
        if (forgotten && was(bundle, Installed::persistent)) {
            ports.code().persist(bundle, Start.PERSISTENT);
        }
    }

    /** Stops a bundle. What it calls meanwhile passes closed gates. */
    void stop(long bundle) throws Exception {
        ports.switchboard().throughGates(() -> {
            ports.code().stop(bundle);
            return bundle;
        });
    }

    /** Whether a bundle was started when this began. */
    boolean ran(long bundle) {
        return was(bundle, Installed::active);
    }

    private boolean was(long bundle, Predicate<Installed> what) {
        return course.snapshot().bundles().stream().anyMatch(b -> b.id() == bundle && what.test(b));
    }

    /** Ids of applications that have no predecessor here. */
    Set<Long> added() {
        Set<Long> result = applications(course.to(), after);
        result.removeAll(before.values());
        result.removeAll(pairs().values());
        return result;
    }

    /** Ids of applications that have no successor. */
    Set<Long> removed() {
        Set<Long> result = applications(course.from(), before);
        result.removeAll(after.values());
        result.removeAll(pairs().keySet());
        return result;
    }

    /** Ids of everything that ran and is not in the release to run. */
    Set<Long> retired() {
        Set<Long> result = new HashSet<>(before.values());
        result.removeAll(after.values());
        return result;
    }

    /** Ids of everything in the release to run that did not run. */
    Set<Long> incoming() {
        Set<Long> result = new HashSet<>(after.values());
        result.removeAll(before.values());
        return result;
    }

    /** Whether something is to come that is there in its version. */
    boolean twice() {
        return !warm()
                && course.script()
                        .instructions(Instruction.LoadObjectCode.class)
                        .anyMatch(load -> course.from()
                                .bundle(load.application())
                                .filter(old -> old.version().equals(load.version()))
                                .isPresent());
    }

    /** Whether a component was skipped, now or when the release that runs was installed. */
    boolean keepsState(Part part) {
        return skipped.containsKey(part)
                || course.kept().map(k -> k.skipped().contains(part)).orElse(false);
    }

    boolean warm() {
        return course.kept().isPresent();
    }

    /** A component of a bundle, as long as both are there. */
    Optional<CodeChange<?>> component(Optional<Long> bundle, Part part) {
        return bundle.flatMap(id -> ports.components().codeChange(id, part.component()));
    }

    /** Between two steps: whether the install may still take time. */
    void inTime() throws FailedException {
        if (left().isNegative()) {
            throw new FailedException(Problem.of(
                            "timeout",
                            course.to().id().toString(),
                            "did not end within "
                                    + course.options().timeout().orElseThrow().toMillis() + " ms")
                    .withHint("try again with a longer --timeout"));
        }
    }

    /** A wait, but no longer than the install may take. */
    Duration limited(Duration wait) {
        Duration left = left();
        return left.compareTo(wait) < 0 ? left.isNegative() ? Duration.ZERO : left : wait;
    }

    private Duration left() {
        return course.options()
                .timeout()
                .map(limit -> limit.minusNanos(System.nanoTime() - begun))
                .orElse(Duration.ofDays(1000));
    }

    Duration drain() {
        return course.options().drainTimeout();
    }

    /** How a component is called in messages. */
    String where(Part part) {
        return names.computeIfAbsent(part, this::name);
    }

    private String name(Part part) {
        return part + " " + version(course.from(), part.application()) + " -> "
                + version(course.to(), part.application());
    }

    private static String version(Release release, String application) {
        return release.bundle(application).map(b -> b.version().toString()).orElse("-");
    }

    private static Set<Long> applications(Release release, Map<String, Long> ids) {
        Set<Long> result = new HashSet<>();
        for (BundleSpec bundle : release.applications()) {
            Long id = ids.get(bundle.symbolicName());
            if (id != null) {
                result.add(id);
            }
        }
        return result;
    }

    private static Map<String, Long> ids(Course course, Release release, Function<Kept, Set<Long>> others) {
        Set<Long> not = course.kept().map(others).orElse(Set.of());
        Snapshot snapshot = course.snapshot().without(bundle -> not.contains(bundle.id()));
        Map<String, Long> result = new HashMap<>();
        for (BundleSpec bundle : release.bundles()) {
            snapshot.find(bundle.symbolicName(), bundle.version())
                    .ifPresent(found -> result.put(bundle.symbolicName(), found.id()));
        }
        return result;
    }
}
