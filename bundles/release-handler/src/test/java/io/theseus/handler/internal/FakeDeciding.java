// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal;

import io.theseus.api.Direction;
import io.theseus.port.FeatureRules;
import io.theseus.port.Snapshot;
import io.theseus.release.BundleSpec;
import io.theseus.release.Features;
import io.theseus.release.Plan;
import io.theseus.release.Problem;
import io.theseus.release.RefusedException;
import io.theseus.release.Release;
import io.theseus.release.StartType;
import io.theseus.relup.Appup;
import io.theseus.relup.BundleFacts;
import io.theseus.relup.ContainerFeatures;
import io.theseus.relup.Instruction;
import io.theseus.relup.Instruction.LoadObjectCode.Mode;
import io.theseus.relup.OnTimeout;
import io.theseus.relup.Planned;
import io.theseus.relup.Planning;
import io.theseus.relup.PurgeMethod;
import io.theseus.relup.ReleaseDraft;
import io.theseus.relup.Relup;
import io.theseus.relup.RelupReader;
import io.theseus.relup.Script;
import io.theseus.relup.ScriptFit;
import io.theseus.relup.ScriptPrinter;
import io.theseus.relup.ScriptReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Version;

/**
 * Reads toy files and makes scripts as decision 2 has them. A bundle is a text {@code NAME VERSION [appup VERSION | library | ANYTHING]}, a release
 * {@code release NAME VERSION}, perhaps {@code features ID...}, {@code file PLACE URL}, {@code instead URL URL}, and a line {@code bundle URL [sha256 | TYPE]} each.
 */
final class FakeDeciding implements Deciding {
    /** Components that hand their state over: {@code application component}. */
    final Map<String, String> stateful = new HashMap<>();
    /** Applications that are restarted. */
    final Set<String> restarted = new HashSet<>();
    /** What moves along although its version stays. */
    final Set<String> moves = new HashSet<>();
    /** Applications that need not start. */
    final Set<String> optional = new HashSet<>();
    /** Applications whose old code is purged softly. */
    final Set<String> soft = new HashSet<>();

    final List<Instruction.Apply> applies = new ArrayList<>();
    /** Actions before the point of no return, and whatever else comes last. */
    final List<Instruction> early = new ArrayList<>();

    final List<Instruction> last = new ArrayList<>();
    final List<Planning> plannings = new ArrayList<>();
    OnTimeout onTimeout = OnTimeout.FAIL;
    boolean wayBack = true;
    List<Problem> problems = List.of();
    /** Whether a script restarts the container first and changes nothing while it runs. */
    boolean anew;
    /** And whether it does so last. */
    boolean anewLast;

    @Override
    public BundleFacts facts(String location, InputStream jar) {
        try {
            String[] words = new String(jar.readAllBytes(), StandardCharsets.UTF_8)
                    .strip()
                    .split(" ");
            if (words.length < 2) {
                throw new RefusedException(Problem.of("bad-bundle", location, "is no bundle"));
            }
            boolean library = words.length == 3 && words[2].equals("library");
            Optional<String> appup = words.length > 3 ? Optional.of(words[3]) : Optional.empty();
            return new BundleFacts(
                    words[0],
                    Version.parseVersion(words[1]),
                    false,
                    false,
                    false,
                    false,
                    false,
                    library ? Set.of(words[0]) : Set.of(),
                    List.of(),
                    appup);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Its name and version: what comes behind them is when it was made. */
    @Override
    public String content(InputStream jar) throws IOException {
        return String.join(
                " ",
                List.of(new String(jar.readAllBytes(), StandardCharsets.UTF_8).split(" "))
                        .subList(0, 2));
    }

    @Override
    public Appup appup(String file, String text) {
        if (text.startsWith("bad")) {
            throw new RefusedException(Problem.of("bad-appup", file + ":1:1", "is bad"));
        }
        return new Appup(file, Version.parseVersion(text), List.of(), List.of());
    }

    @Override
    public Relup relup(String file, String text) {
        return RelupReader.read(file, text);
    }

    @Override
    public ReleaseDraft draft(String url, byte[] content, List<String> chosen, ContainerFeatures container) {
        List<ReleaseDraft.Entry> bundles = new ArrayList<>();
        Map<String, ReleaseDraft.Entry> appups = new HashMap<>();
        String[] head = {"", "", ""};
        Optional<ReleaseDraft.Entry> relup = Optional.empty();
        @Nullable Features features = null;
        List<String> conditions = new ArrayList<>();
        Map<String, ReleaseDraft.Entry> files = new HashMap<>();
        Map<String, String> originals = new HashMap<>();
        int line = 0;
        for (String text : new String(content, StandardCharsets.UTF_8).lines().toList()) {
            String[] words = text.split(" ");
            String where = url + ":" + ++line + ":1";
            if (words[0].equals("release")) {
                head = words;
            } else if (words[0].equals("features")) {
                features = new Features(url, List.of(words).subList(1, words.length));
            } else if (words[0].equals("config")) {
                features = new Features(
                        url,
                        List.of(head[1] + "/" + head[2]),
                        List.of(),
                        List.of(),
                        Map.of(words[1], words[2]),
                        Map.of());
            } else if (words[0].equals("condition")) {
                conditions.add(words[1] + " " + container.installed().contains(words[1]));
            } else if (words[0].equals("appup")) {
                appups.put(
                        words[1],
                        new ReleaseDraft.Entry(
                                words[2], Optional.empty(), 80, Optional.empty(), StartType.REQUIRED, where));
            } else if (words[0].equals("file")) {
                files.put(
                        words[1],
                        new ReleaseDraft.Entry(words[2], Optional.empty(), 1, Optional.empty(), StartType.NONE, where));
            } else if (words[0].equals("instead")) {
                originals.put(words[1], words[2]);
            } else if (words[0].equals("relup")) {
                relup = Optional.of(new ReleaseDraft.Entry(
                        words[1], Optional.empty(), 80, Optional.empty(), StartType.REQUIRED, where));
            } else {
                Optional<StartType> type = Stream.of(StartType.values())
                        .filter(t -> text.endsWith(" " + t))
                        .findFirst();
                Optional<String> sha = words.length > 2 && type.isEmpty() ? Optional.of(words[2]) : Optional.empty();
                bundles.add(new ReleaseDraft.Entry(
                        words[1], sha, 80, Optional.empty(), type.orElse(StartType.REQUIRED), where));
            }
        }
        return new ReleaseDraft(
                head[1],
                Version.parseVersion(head[2]),
                bundles,
                appups,
                relup,
                features == null ? new Features("", List.of(head[1] + "/" + head[2])) : features,
                files,
                originals,
                container
                        .rules()
                        .filter(FeatureRules::barred)
                        .map(rules -> List.of("barred"))
                        .orElse(List.of()),
                conditions);
    }

    @Override
    public Planned plan(Planning planning) {
        plannings.add(planning);
        Release from = planning.from();
        Release to = planning.to();
        Direction direction = from.id().compareTo(to.id()) <= 0 ? Direction.UP : Direction.DOWN;
        List<Instruction> steps = new ArrayList<>();
        List<String> changed = new ArrayList<>();
        List<String> stopped = new ArrayList<>();
        for (BundleSpec bundle : to.bundles()) {
            if (moves.contains(bundle.symbolicName())
                    || planning.again().contains(bundle.symbolicName())
                    || from.bundle(bundle.symbolicName())
                            .filter(b -> b.version().equals(bundle.version()))
                            .filter(b -> b.sha256().isEmpty() || b.sha256().equals(bundle.sha256()))
                            .isEmpty()) {
                boolean restart = restarted.contains(bundle.symbolicName());
                if (bundle.role() == BundleSpec.Role.APPLICATION) {
                    (restart ? stopped : changed).add(bundle.symbolicName());
                }
                steps.add(new Instruction.LoadObjectCode(
                        bundle.symbolicName(),
                        bundle.version(),
                        restart ? Mode.STOPPED : Mode.SIDE_BY_SIDE,
                        optional.contains(bundle.symbolicName()) ? StartType.OPTIONAL : bundle.type(),
                        bundle.role() == BundleSpec.Role.LIBRARY));
            }
        }
        steps.addAll(early);
        steps.add(new Instruction.PointOfNoReturn());
        List<Instruction.Suspend.Suspended> targets = new ArrayList<>();
        List<Instruction.CodeChange.Handover> handovers = new ArrayList<>();
        for (String application : changed) {
            String component = stateful.get(application);
            if (component != null && from.bundle(application).isPresent()) {
                targets.add(new Instruction.Suspend.Suspended(
                        application, Optional.of(component), Optional.empty(), onTimeout));
                if (direction == Direction.UP || wayBack) {
                    handovers.add(new Instruction.CodeChange.Handover(application, component, Map.of(), List.of()));
                }
            }
        }
        stopped.forEach(application ->
                targets.add(new Instruction.Suspend.Suspended(application, Optional.empty(), Optional.empty())));
        if (!targets.isEmpty()) {
            steps.add(new Instruction.Suspend(targets));
        }
        if (!stopped.isEmpty()) {
            steps.add(new Instruction.Stop(stopped));
        }
        if (!changed.isEmpty() || !stopped.isEmpty()) {
            steps.add(new Instruction.Load(Stream.concat(changed.stream(), stopped.stream())
                    .map(a -> new Instruction.Load.Code(
                            a, PurgeMethod.BRUTAL, soft.contains(a) ? PurgeMethod.SOFT : PurgeMethod.BRUTAL))
                    .toList()));
        }
        List<Instruction.Load.Code> gone = from.applications().stream()
                .filter(bundle -> to.bundle(bundle.symbolicName()).isEmpty())
                .map(bundle -> new Instruction.Load.Code(bundle.symbolicName(), PurgeMethod.BRUTAL, PurgeMethod.BRUTAL))
                .toList();
        if (!gone.isEmpty()) {
            steps.add(new Instruction.Remove(gone));
        }
        if (!stopped.isEmpty()) {
            steps.add(new Instruction.Start(stopped.stream()
                    .map(a -> new Instruction.Start.Started(
                            a, to.bundle(a).orElseThrow().type()))
                    .toList()));
        }
        if (!handovers.isEmpty()) {
            steps.add(new Instruction.CodeChange(direction, handovers));
        }
        if (!targets.isEmpty()) {
            steps.add(new Instruction.Resume(targets));
        }
        steps.addAll(applies);
        steps.addAll(last);
        if (anew) {
            steps.clear();
            if (!anewLast) {
                steps.add(new Instruction.RestartNewContainer());
            }
            steps.addAll(early);
            steps.add(new Instruction.PointOfNoReturn());
            steps.addAll(applies);
            steps.addAll(last);
            if (anewLast) {
                steps.add(new Instruction.RestartContainer());
            }
        }
        Script script = planning.relups().stream()
                .flatMap(relup -> relup.script(from.id(), to.id()).stream())
                .map(Relup.Entry::script)
                .findFirst()
                .orElse(new Script(
                        steps.stream().map(i -> new Script.Step(i, "generated")).toList()));
        Plan plan = new Plan(from.id(), to.id(), direction, List.of(), List.of(), List.of(), problems);
        return new Planned(plan, problems.isEmpty() ? Optional.of(script) : Optional.empty());
    }

    @Override
    public Set<String> callers(Snapshot snapshot, Set<String> applications) {
        return new TreeSet<>(applications);
    }

    @Override
    public Script script(String file, String text) {
        return ScriptReader.read(file, text);
    }

    @Override
    public List<Problem> unfit(Script script, Release from, Release to, Plan plan) {
        return ScriptFit.problems(script, from, to, plan);
    }

    @Override
    public String print(Instruction instruction) {
        if (instruction instanceof Instruction.Apply || instruction instanceof Instruction.SyncNodes) {
            return ScriptPrinter.print(instruction);
        }
        return instruction instanceof Instruction.LoadObjectCode load
                ? "load_object_code " + load.application() + " " + load.version()
                : instruction.getClass().getSimpleName();
    }
}
