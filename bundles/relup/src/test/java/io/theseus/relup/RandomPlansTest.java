// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random releases, appups and call graphs. The planner checks every script itself; here it is run in thought as well. */
class RandomPlansTest {
    private static final String[] KINDS = {
        "", "", "", "activator", "data", "singleton", "worker=X", "raw=class", "stateful=S", "stateful=S stateful=T",
    };

    static List<Long> seeds() {
        return new Random(7).longs(200).boxed().toList();
    }

    /** A world from a seed, and the same one with its releases swapped. */
    private static World world(long seed, boolean back) {
        Random random = new Random(seed);
        World world = new World();
        List<String> one = back ? world.to : world.from;
        List<String> two = back ? world.from : world.to;
        world.fromId = back ? "shop/2.0.0" : "shop/1.0.0";
        world.toId = back ? "shop/1.0.0" : "shop/2.0.0";
        int size = 1 + random.nextInt(8);
        List<String> inOne = new ArrayList<>();
        List<String> inBoth = new ArrayList<>();
        Map<String, List<String>> kinds = new LinkedHashMap<>();
        for (int i = 0; i < size; i++) {
            String name = "a" + i;
            String kind = KINDS[random.nextInt(KINDS.length)]
                    .replace("=S", "=" + name + ".S")
                    .replace("=T", "=" + name + ".T");
            int versions = random.nextInt(5);
            String first = versions == 4 ? "3.0.0" : "1.0.0";
            String second = versions == 0 ? first : "2.0.0";
            if (random.nextInt(6) > 0) {
                one.add(name + " " + first + " " + kind);
                inOne.add(name);
            }
            if (random.nextInt(6) > 0) {
                two.add(name + " " + second + " " + kind);
                if (inOne.contains(name)) {
                    inBoth.add(name);
                }
            }
            kinds.put(name, List.of(kind, first, second));
        }
        List<String> changed = inBoth.stream()
                .filter(n -> !kinds.get(n).get(1).equals(kinds.get(n).get(2)))
                .toList();
        kinds.forEach((name, words) -> {
            String kind = words.get(0);
            List<String> depends =
                    changed.stream().filter(n -> random.nextInt(4) == 0).toList();
            appup(world, random, name, kind, words.get(1), words.get(2), depends);
        });
        if (random.nextBoolean()) {
            one.add("lib 1.0.0 library");
            two.add("lib 1.0.0 library");
        }
        for (int i = random.nextInt(size * 2); i > 0 && inBoth.size() > 1; i--) {
            String caller = inBoth.get(random.nextInt(inBoth.size()));
            String called = inBoth.get(random.nextInt(inBoth.size()));
            world.arrows.add(caller + " -> " + called);
        }
        return world;
    }

    private static void appup(
            World world, Random random, String name, String kind, String first, String second, List<String> depends) {
        String low = first.compareTo(second) < 0 ? first : second;
        String high = first.compareTo(second) < 0 ? second : first;
        if (random.nextBoolean() || low.equals(high)) {
            return;
        }
        boolean stateful = kind.contains("stateful");
        String update = stateful
                ? "{update: " + name + ".S, timeout: 1s, depends: " + depends + ", kind: "
                        + (random.nextBoolean() ? "static" : "dynamic") + "}, "
                : "";
        int choice = random.nextInt(6);
        String todo = switch (choice) {
            case 0 -> "[load_bundle]";
            case 1 -> "[restart_application]";
            case 2 -> "[" + update + "load_bundle, apply: do-it, set_config: " + name + "]";
            case 3 -> "[" + update + "{load_bundle: {pre_purge: soft, depends: " + depends + "}}]";
            default -> "";
        };
        String up = todo.isEmpty() ? lowLevel(name, high, stateful, choice == 5) : todo;
        String down = todo.isEmpty() ? lowLevel(name, low, stateful, choice == 5) : todo;
        world.appups.put(
                name + " " + high,
                AppupReader.read(
                        name,
                        "version: " + high + "\nup: [{from: " + low + ", do: " + up + "}]\ndown: [{to: " + low
                                + ", do: " + down + "}]"));
    }

    private static String lowLevel(String name, String version, boolean stateful, boolean early) {
        String target = "[{application: " + name + ", component: " + name + ".S}]";
        String change = stateful ? "{code_change: " + target + "}, " : "";
        return "[{load_object_code: " + name + ", version: " + version + "}, apply: early, point_of_no_return, "
                + "{sync_nodes: ready, nodes: [x]}, "
                + (stateful ? "{suspend: " + target + "}, " : "")
                + (early ? change : "")
                + "{load: [" + name + "]}, "
                + (early ? "" : change)
                + (stateful ? "{resume: " + target + "}, " : "")
                + "{sync_nodes: done, nodes: [x]}]";
    }

    /** Reading checks a script as the planner does, but in its own words: pairs, order, one point of no return. */
    @ParameterizedTest
    @MethodSource("seeds")
    void everyScriptIsConsistentAndReadsBackAsItWas(long seed) {
        Planned planned = Planner.plan(world(seed, false).planning());

        planned.script()
                .ifPresent(script -> assertThat(ScriptReader.read("script", ScriptPrinter.print(script))
                                .steps())
                        .extracting(Script.Step::instruction)
                        .isEqualTo(script.steps().stream()
                                .map(Script.Step::instruction)
                                .toList()));
    }

    /** What an appup depends on is loaded before it on the way up, unless both are in a circle. */
    @ParameterizedTest
    @MethodSource("seeds")
    void dependenciesAreLoadedFirst(long seed) {
        World world = world(seed, false);
        List<String> loaded = Planner.plan(world.planning()).script().stream()
                .flatMap(s -> s.instructions(Instruction.Load.class))
                .flatMap(l -> l.codes().stream())
                .map(Instruction.Load.Code::application)
                .toList();
        Map<String, Set<String>> depends = new LinkedHashMap<>();
        world.appups.forEach((bundle, appup) -> appup.up().stream()
                .filter(e -> world.from.stream().anyMatch(f -> f.startsWith(bundle.split(" ")[0] + " " + e.versions())))
                .flatMap(e -> e.instructions().stream())
                .forEach(i -> {
                    Set<String> names = depends.computeIfAbsent(bundle.split(" ")[0], n -> new HashSet<>());
                    names.addAll(
                            i instanceof HighLevel.Update u
                                    ? u.depends()
                                    : i instanceof HighLevel.LoadBundle l ? l.depends() : List.of());
                }));

        for (String application : loaded) {
            for (String dependency : depends.getOrDefault(application, Set.of())) {
                if (loaded.contains(dependency) && !reaches(dependency, application, depends, new HashSet<>())) {
                    assertThat(loaded.indexOf(dependency))
                            .describedAs(application + " depends on " + dependency + " in " + loaded)
                            .isLessThan(loaded.indexOf(application));
                }
            }
        }
    }

    private static boolean reaches(String from, String to, Map<String, Set<String>> depends, Set<String> seen) {
        return from.equals(to)
                || (seen.add(from)
                        && depends.getOrDefault(from, Set.of()).stream().anyMatch(n -> reaches(n, to, depends, seen)));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void upThenDownRestores(long seed) {
        World up = world(seed, false);
        World down = world(seed, true);

        Map<String, String> start = versions(up.from);
        Map<String, String> there = run(Planner.plan(up.planning()), start, up);
        Map<String, String> back = run(Planner.plan(down.planning()), there, down);

        assertThat(there).isEqualTo(versions(up.to));
        assertThat(back).isEqualTo(start);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theSameInputGivesTheSamePlan(long seed) {
        Planned first = Planner.plan(world(seed, false).planning());
        Planned second = Planner.plan(world(seed, false).planning());

        assertThat(second.plan().script()).isEqualTo(first.plan().script());
        assertThat(second.plan()).isEqualTo(first.plan());
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyApplicationThatMayCallASuspendedOneWaits(long seed) {
        World world = world(seed, false);
        Planned planned = Planner.plan(world.planning());

        Set<String> gates = new HashSet<>();
        Set<String> quiet = new HashSet<>();
        planned.script().ifPresent(s -> {
            s.instructions(Instruction.Suspend.class)
                    .flatMap(i -> i.targets().stream())
                    .forEach(t -> gates.add(t.application()));
            s.instructions(Instruction.Stop.class).forEach(i -> quiet.addAll(i.applications()));
            s.instructions(Instruction.CodeChange.class)
                    .flatMap(i -> i.handovers().stream())
                    .forEach(h -> quiet.add(h.application()));
        });

        assertThat(gates).containsAll(CallGraph.callers(world.snapshot(), quiet));
    }

    private static Map<String, String> versions(List<String> bundles) {
        Map<String, String> versions = new LinkedHashMap<>();
        bundles.forEach(b -> versions.put(b.split(" ")[0], b.split(" ")[1]));
        return versions;
    }

    /** Runs a script in thought; a plan with problems leaves everything to the target as if nothing could fail. */
    private static Map<String, String> run(Planned planned, Map<String, String> running, World world) {
        if (planned.script().isEmpty()) {
            assertThat(planned.plan().problems())
                    .isNotEmpty()
                    .allSatisfy(p -> assertThat(p.code()).isIn("state-not-handed-over", "apply-too-early"));
            return versions(world.to);
        }
        Map<String, String> prepared = new LinkedHashMap<>();
        Map<String, String> now = new LinkedHashMap<>(running);
        Set<String> stopped = new HashSet<>();
        Script script = planned.script().get();
        script.instructions(Instruction.LoadObjectCode.class)
                .forEach(l -> prepared.put(l.application(), l.version().toString()));
        script.instructions(Instruction.Stop.class).forEach(s -> stopped.addAll(s.applications()));
        script.instructions(Instruction.Load.class)
                .flatMap(l -> l.codes().stream())
                .forEach(c -> now.put(c.application(), prepared.get(c.application())));
        script.instructions(Instruction.Remove.class)
                .flatMap(r -> r.codes().stream())
                .forEach(c -> now.remove(c.application()));
        script.instructions(Instruction.Start.class)
                .flatMap(s -> s.targets().stream())
                .forEach(t -> stopped.remove(t.application()));
        assertThat(now).doesNotContainKeys(stopped.toArray(String[]::new));
        return now;
    }
}
