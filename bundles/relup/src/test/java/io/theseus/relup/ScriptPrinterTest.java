// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup;

import static org.assertj.core.api.Assertions.assertThat;

import io.theseus.api.Direction;
import io.theseus.release.StartType;
import io.theseus.relup.Instruction.Suspend.Suspended;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.framework.Version;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class ScriptPrinterTest {
    private static final Suspended GATE = new Suspended("shop", Optional.empty(), Optional.empty());

    static List<Instruction> instructions() {
        Version version = Version.parseVersion("1.0.0.SNAP-1");
        Suspended component = new Suspended("ledger", Optional.of("ledger.A"), Optional.of(Duration.ofMillis(1500)));
        return List.of(
                new Instruction.LoadObjectCode(
                        "ledger", version, Instruction.LoadObjectCode.Mode.STOPPED, StartType.OPTIONAL, true),
                new Instruction.PointOfNoReturn(),
                new Instruction.Suspend(List.of(GATE, component)),
                new Instruction.Stop(List.of("a", "b")),
                new Instruction.Load(List.of(
                        new Instruction.Load.Code("a", PurgeMethod.BRUTAL, PurgeMethod.BRUTAL),
                        new Instruction.Load.Code("b", PurgeMethod.SOFT, PurgeMethod.BRUTAL))),
                new Instruction.Start(List.of(new Instruction.Start.Started("a", StartType.NONE))),
                new Instruction.CodeChange(
                        Direction.DOWN,
                        List.of(new Instruction.CodeChange.Handover(
                                "a", "a.A", Map.of("b", 1, "a", List.of(true)), List.of("x")))),
                new Instruction.Resume(List.of(component, GATE)),
                new Instruction.Apply("a", "act", Map.of(), Direction.UP),
                new Instruction.Apply("a", "act", Map.of(), Direction.UP, Optional.of(Duration.ofSeconds(90))),
                new Instruction.Remove(List.of(new Instruction.Load.Code("a", PurgeMethod.BRUTAL, PurgeMethod.SOFT))),
                new Instruction.SetConfig("a.pid", Map.of("b", "x y", "a", 1), ConfigMode.REPLACE),
                new Instruction.SetConfig("a.pid", Map.of(), ConfigMode.MERGE),
                new Instruction.SyncNodes("loaded", List.of("one", "two")),
                new Instruction.Suspend(
                        List.of(new Suspended("a", Optional.of("a.A"), Optional.empty(), OnTimeout.SKIP))),
                new Instruction.RestartNewContainer(),
                new Instruction.RestartContainer(),
                new Instruction.Purge(List.of("a")));
    }

    @Test
    void showsEveryInstructionOnOneLine() {
        assertThat(instructions().stream().map(ScriptPrinter::print))
                .containsExactly(
                        "load_object_code: {application: ledger, version: 1.0.0.SNAP-1, mode: stopped, type: optional, library: true}",
                        "point_of_no_return",
                        "suspend: [shop, {application: ledger, component: ledger.A, timeout: 1500ms}]",
                        "stop: [a, b]",
                        "load: [a, {application: b, pre_purge: soft}]",
                        "start: [{application: a, type: none}]",
                        "code_change: {direction: down, components: [{application: a, component: a.A, extra: {a: [true], b: 1}, allow_loss: [x]}]}",
                        "resume: [{application: ledger, component: ledger.A, timeout: 1500ms}, shop]",
                        "apply: {application: a, action: act, direction: up}",
                        "apply: {application: a, action: act, direction: up, timeout: 90s}",
                        "remove: [{application: a, post_purge: soft}]",
                        "set_config: {pid: a.pid, properties: {a: 1, b: \"x y\"}, mode: replace}",
                        "set_config: {pid: a.pid}",
                        "sync_nodes: {id: loaded, nodes: [one, two]}",
                        "suspend: [{application: a, component: a.A, on_timeout: skip}]",
                        "restart_new_container",
                        "restart_container",
                        "purge: [a]");
    }

    @ParameterizedTest
    @MethodSource("instructions")
    void everyLineIsYaml(Instruction instruction) {
        assertThat(yaml(ScriptPrinter.print(instruction))).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain",
                "a b",
                "a, b",
                "say \"no\"",
                "back\\slash",
                "true",
                "NULL",
                "12",
                "1.5",
                "",
                "- x",
                "{",
                "#",
                "\u00fc\n\t",
                "a: b",
                "1.2.3",
                "5s",
                "~",
                "0x1F",
                ".inf",
                "on"
            })
    void textsComeBackFromYamlAsTheyWere(String text) {
        Instruction apply = new Instruction.Apply("a", "act", Map.of("text", text), Direction.UP);

        Map<?, ?> line = (Map<?, ?>) yaml(ScriptPrinter.print(apply));
        Map<?, ?> args = (Map<?, ?>) ((Map<?, ?>) line.get("apply")).get("args");

        assertThat(args.get("text")).isEqualTo(text);
    }

    static List<Long> seeds() {
        return new Random(11).longs(300).boxed().toList();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whatIsPrintedReadsBackAsItWas(long seed) {
        Random random = new Random(seed);
        Map<String, Object> values = new TreeMap<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            values.put(word(random), value(random, 3));
        }
        Instruction apply = new Instruction.Apply(name(random), word(random), values, Direction.DOWN);
        Instruction config = new Instruction.SetConfig(pid(random), values, ConfigMode.REPLACE);
        Instruction sync = new Instruction.SyncNodes(word(random), List.of(word(random), word(random)));
        Script script = new Script(List.of(
                new Script.Step(apply, "generated"),
                new Script.Step(new Instruction.PointOfNoReturn(), "generated"),
                new Script.Step(config, "a.yaml:1"),
                new Script.Step(sync, "a.yaml:1")));

        assertThat(ScriptReader.read("s", ScriptPrinter.print(script)).steps())
                .extracting(Script.Step::instruction)
                .containsExactly(apply, new Instruction.PointOfNoReturn(), config, sync);
    }

    private static String name(Random random) {
        return "app" + random.nextInt(100);
    }

    private static String pid(Random random) {
        return "p" + word(random).replaceAll("[^A-Za-z0-9._-]", "-");
    }

    private static String word(Random random) {
        String[] characters = {
            "a", "Z", "9", " ", ".", "-", ":", "#", "{", "\"", "\\", "\n", "\u00e9", "\u2028", "\ud83d\ude00"
        };
        StringBuilder word = new StringBuilder("x");
        for (int i = random.nextInt(8); i > 0; i--) {
            word.append(characters[random.nextInt(characters.length)]);
        }
        return word.toString();
    }

    private static Object value(Random random, int depth) {
        return switch (random.nextInt(depth > 0 ? 8 : 6)) {
            case 0 -> random.nextInt();
            case 1 -> random.nextLong() | (1L << 40);
            case 2 -> random.nextGaussian() * Math.pow(10, random.nextInt(40) - 20);
            case 3 -> random.nextBoolean() ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
            case 4 -> random.nextBoolean();
            case 5 -> word(random);
            case 6 -> List.of(value(random, depth - 1), value(random, depth - 1));
            default -> Map.of(word(random), value(random, depth - 1));
        };
    }

    @Test
    void aScriptShowsWhatEachLineIsFrom() {
        Script script = new Script(List.of(
                new Script.Step(new Instruction.PointOfNoReturn(), "generated"),
                new Script.Step(new Instruction.Purge(List.of("a")), "a.yaml:4")));

        assertThat(ScriptPrinter.print(script))
                .isEqualTo("- point_of_no_return  # generated\n- purge: [a]  # a.yaml:4\n");
    }

    private static Object yaml(String line) {
        return new Load(LoadSettings.builder().build()).loadFromString(line);
    }
}
