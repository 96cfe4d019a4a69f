// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup.internal.read;

import io.theseus.api.Direction;
import io.theseus.release.StartType;
import io.theseus.relup.ConfigMode;
import io.theseus.relup.Instruction;
import io.theseus.relup.Instruction.CodeChange.Handover;
import io.theseus.relup.Instruction.Load.Code;
import io.theseus.relup.Instruction.LoadObjectCode.Mode;
import io.theseus.relup.Instruction.Start.Started;
import io.theseus.relup.Instruction.Suspend.Suspended;
import io.theseus.relup.OnTimeout;
import io.theseus.relup.PurgeMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.osgi.framework.Version;

/** Low-level instructions, as {@code ScriptPrinter} shows them. */
final class LowLevelForms {
    /** Those that an appup may use. Its {@code apply} and restarts are high-level ones. */
    static final List<String> IN_APPUPS = List.of(
            "point_of_no_return",
            "load_object_code",
            "load",
            "remove",
            "purge",
            "suspend",
            "resume",
            "code_change",
            "stop",
            "start",
            "sync_nodes");

    /** Those that a script may use. */
    static final List<String> IN_SCRIPTS = Stream.concat(
                    IN_APPUPS.stream(), Stream.of("apply", "set_config", "restart_new_container", "restart_container"))
            .toList();

    private static final String HANDOVER = "{application: APPLICATION, component: COMPONENT}";
    private static final Map<String, String> EXAMPLES =
            Map.of("components", HANDOVER, "code_change", HANDOVER, "nodes", "NODE");

    private final Problems problems;

    LowLevelForms(Problems problems) {
        this.problems = problems;
    }

    /** An instruction of a script. */
    Optional<Instruction> read(Yaml yaml) {
        return Item.read(yaml, IN_SCRIPTS, problems).flatMap(item -> {
            Optional<Instruction> instruction = instruction(item);
            item.fields().end();
            return instruction;
        });
    }

    /** The caller ends the fields. */
    Optional<Instruction> instruction(Item item) {
        Fields fields = item.fields();
        Optional<? extends Instruction> instruction = switch (item.name()) {
            case "load_object_code" -> loadObjectCode(fields);
            case "load" -> Optional.of(new Instruction.Load(targets(fields, "load", this::code)));
            case "remove" -> Optional.of(new Instruction.Remove(targets(fields, "remove", this::code)));
            case "purge" -> Optional.of(new Instruction.Purge(names(fields, "purge")));
            case "suspend" -> Optional.of(new Instruction.Suspend(targets(fields, "suspend", this::suspended)));
            case "resume" -> Optional.of(new Instruction.Resume(targets(fields, "resume", this::suspended)));
            case "stop" -> Optional.of(new Instruction.Stop(names(fields, "stop")));
            case "start" -> Optional.of(new Instruction.Start(targets(fields, "start", this::started)));
            case "code_change" -> Optional.of(codeChange(fields));
            case "apply" -> apply(fields);
            case "set_config" -> setConfig(fields);
            case "sync_nodes" -> syncNodes(fields);
            case "restart_new_container" -> Optional.of(new Instruction.RestartNewContainer());
            case "restart_container" -> Optional.of(new Instruction.RestartContainer());
            default -> Optional.of(new Instruction.PointOfNoReturn());
        };
        return instruction.map(i -> i);
    }

    private Optional<Instruction> loadObjectCode(Fields fields) {
        Optional<String> application = fields.subject("load_object_code", "application");
        Optional<Version> version = fields.version("version");
        Mode mode = fields.choice("mode", Mode.class).orElse(Mode.SIDE_BY_SIDE);
        StartType type = type(fields);
        boolean library = fields.flag("library");
        return application.flatMap(a -> version.map(v -> new Instruction.LoadObjectCode(a, v, mode, type, library)));
    }

    private Instruction codeChange(Fields fields) {
        Direction direction = fields.choice("direction", Direction.class).orElse(Direction.UP);
        String name = fields.has("components") ? "components" : "code_change";
        return new Instruction.CodeChange(direction, targets(fields, name, this::handover));
    }

    private Optional<Handover> handover(Fields fields) {
        Optional<String> application = require(fields, "application");
        Optional<String> component = require(fields, "component");
        var extra = fields.values("extra");
        List<String> allowLoss = fields.texts("allow_loss");
        return application.flatMap(a -> component.map(c -> new Handover(a, c, extra, allowLoss)));
    }

    private Optional<Instruction> apply(Fields fields) {
        Optional<String> application = require(fields, "application");
        Optional<String> action = fields.subject("apply", "action");
        Direction direction = fields.choice("direction", Direction.class).orElse(Direction.UP);
        var args = fields.values("args");
        var timeout = fields.duration("timeout");
        return application.flatMap(a -> action.map(n -> new Instruction.Apply(a, n, args, direction, timeout)));
    }

    private Optional<Instruction> setConfig(Fields fields) {
        Optional<String> pid = fields.subject("set_config", "pid");
        pid.ifPresent(p -> NameText.pid(fields.place(), p, problems));
        var properties = fields.values("properties");
        var mode = fields.choice("mode", ConfigMode.class).orElse(ConfigMode.MERGE);
        return pid.map(p -> new Instruction.SetConfig(p, properties, mode));
    }

    private static Optional<Instruction> syncNodes(Fields fields) {
        Optional<String> id = fields.subject("sync_nodes", "id");
        List<String> nodes = fields.texts("nodes");
        return id.map(i -> new Instruction.SyncNodes(i, nodes));
    }

    private Optional<Suspended> suspended(Fields fields) {
        Optional<String> component = fields.text("component");
        var timeout = fields.duration("timeout");
        OnTimeout onTimeout = fields.choice("on_timeout", OnTimeout.class).orElse(OnTimeout.FAIL);
        return require(fields, "application").map(a -> new Suspended(a, component, timeout, onTimeout));
    }

    private Optional<Code> code(Fields fields) {
        PurgeMethod pre = fields.choice("pre_purge", PurgeMethod.class).orElse(PurgeMethod.BRUTAL);
        PurgeMethod post = fields.choice("post_purge", PurgeMethod.class).orElse(PurgeMethod.BRUTAL);
        return require(fields, "application").map(a -> new Code(a, pre, post));
    }

    private Optional<Started> started(Fields fields) {
        StartType type = type(fields);
        return require(fields, "application").map(a -> new Started(a, type));
    }

    private static StartType type(Fields fields) {
        return fields.choice("type", StartType.class).orElse(StartType.REQUIRED);
    }

    private Optional<String> require(Fields fields, String name) {
        return fields.require(name, "'" + name + ": NAME'")
                .flatMap(v -> Fields.scalar(v, "'" + name + "'", problems))
                .map(Yaml.Scalar::text);
    }

    private List<String> names(Fields fields, String instruction) {
        return targets(fields, instruction, target -> require(target, "application"));
    }

    /** What an instruction is about: a list of names, or of maps of fields. One alone needs no list. */
    private <T> List<T> targets(Fields fields, String name, Function<Fields, Optional<T>> read) {
        Optional<Yaml> value = fields.take(name);
        List<Yaml> items = value.map(v -> v instanceof Yaml.Sequence s ? s.items() : List.of(v))
                .orElse(List.of());
        List<T> targets = new ArrayList<>();
        for (Yaml item : items) {
            Optional<Fields> target = item instanceof Yaml.Mapping m
                    ? Optional.of(new Fields(m, problems))
                    : Fields.scalar(item, "each of '" + name + "'", problems).map(this::named);
            target.ifPresent(t -> {
                read.apply(t).ifPresent(targets::add);
                t.end();
            });
        }
        if (items.isEmpty()) {
            problems.add(
                    fields.place(),
                    "'" + name + "' names nothing",
                    "write a list: '" + name + ": [" + EXAMPLES.getOrDefault(name, "APPLICATION") + "]'");
        }
        return targets;
    }

    private Fields named(Yaml.Scalar scalar) {
        Yaml.Scalar key = new Yaml.Scalar(scalar.place(), "application", Yaml.Scalar.Type.TEXT);
        return new Fields(new Yaml.Mapping(scalar.place(), List.of(new Yaml.Field(key, scalar))), problems);
    }
}
