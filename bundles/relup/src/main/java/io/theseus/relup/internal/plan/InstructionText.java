// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup.internal.plan;

import io.theseus.release.StartType;
import io.theseus.relup.ConfigMode;
import io.theseus.relup.HighLevel;
import io.theseus.relup.Instruction;
import io.theseus.relup.Instruction.Suspend.Suspended;
import io.theseus.relup.OnTimeout;
import io.theseus.relup.PurgeMethod;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One line of YAML for each instruction. */
public final class InstructionText implements Instruction.Visitor<String> {
    @Override
    public String loadObjectCode(Instruction.LoadObjectCode instruction) {
        Map<String, Object> fields = application(instruction.application());
        fields.put("version", instruction.version().toString());
        if (instruction.mode() == Instruction.LoadObjectCode.Mode.STOPPED) {
            fields.put("mode", "stopped");
        }
        type(fields, instruction.type());
        if (instruction.library()) {
            fields.put("library", true);
        }
        return "load_object_code: " + Flow.text(fields);
    }

    @Override
    public String pointOfNoReturn(Instruction.PointOfNoReturn instruction) {
        return "point_of_no_return";
    }

    @Override
    public String suspend(Instruction.Suspend instruction) {
        return "suspend: " + suspended(instruction.targets());
    }

    @Override
    public String stop(Instruction.Stop instruction) {
        return "stop: " + Flow.text(instruction.applications());
    }

    @Override
    public String load(Instruction.Load instruction) {
        return "load: " + codes(instruction.codes());
    }

    @Override
    public String remove(Instruction.Remove instruction) {
        return "remove: " + codes(instruction.codes());
    }

    @Override
    public String start(Instruction.Start instruction) {
        return "start: "
                + Flow.text(instruction.targets().stream()
                        .map(t -> {
                            Map<String, Object> fields = application(t.application());
                            type(fields, t.type());
                            return shortest(fields);
                        })
                        .toList());
    }

    @Override
    public String codeChange(Instruction.CodeChange instruction) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("direction", word(instruction.direction()));
        fields.put(
                "components",
                instruction.handovers().stream()
                        .map(h -> {
                            Map<String, Object> handover = application(h.application());
                            handover.put("component", h.component());
                            unlessEmpty(handover, "extra", h.extra());
                            unlessEmpty(handover, "allow_loss", h.allowLoss());
                            return handover;
                        })
                        .toList());
        return "code_change: " + Flow.text(fields);
    }

    @Override
    public String resume(Instruction.Resume instruction) {
        return "resume: " + suspended(instruction.targets());
    }

    @Override
    public String apply(Instruction.Apply instruction) {
        Map<String, Object> fields = application(instruction.application());
        fields.put("action", instruction.action());
        fields.put("direction", word(instruction.direction()));
        unlessEmpty(fields, "args", instruction.args());
        instruction.timeout().ifPresent(d -> fields.put("timeout", duration(d)));
        return "apply: " + Flow.text(fields);
    }

    @Override
    public String setConfig(Instruction.SetConfig instruction) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("pid", instruction.pid());
        unlessEmpty(fields, "properties", instruction.properties());
        if (instruction.mode() != ConfigMode.MERGE) {
            fields.put("mode", word(instruction.mode()));
        }
        return "set_config: " + Flow.text(fields);
    }

    @Override
    public String syncNodes(Instruction.SyncNodes instruction) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("id", instruction.id());
        unlessEmpty(fields, "nodes", instruction.nodes());
        return "sync_nodes: " + Flow.text(fields);
    }

    @Override
    public String restartNewContainer(Instruction.RestartNewContainer instruction) {
        return "restart_new_container";
    }

    @Override
    public String restartContainer(Instruction.RestartContainer instruction) {
        return "restart_container";
    }

    @Override
    public String purge(Instruction.Purge instruction) {
        return "purge: " + Flow.text(instruction.applications());
    }

    private static String codes(List<Instruction.Load.Code> codes) {
        return Flow.text(codes.stream()
                .map(c -> {
                    Map<String, Object> fields = application(c.application());
                    purge(fields, "pre_purge", c.prePurge());
                    purge(fields, "post_purge", c.postPurge());
                    return shortest(fields);
                })
                .toList());
    }

    private static String suspended(List<Suspended> targets) {
        return Flow.text(targets.stream()
                .map(t -> {
                    Map<String, Object> fields = application(t.application());
                    t.component().ifPresent(c -> fields.put("component", c));
                    t.timeout().ifPresent(d -> fields.put("timeout", duration(d)));
                    if (t.onTimeout() != OnTimeout.FAIL) {
                        fields.put("on_timeout", word(t.onTimeout()));
                    }
                    return shortest(fields);
                })
                .toList());
    }

    private static Map<String, Object> application(String name) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("application", name);
        return fields;
    }

    private static Object shortest(Map<String, Object> fields) {
        return fields.size() == 1 ? fields.values().iterator().next() : fields;
    }

    private static void type(Map<String, Object> fields, StartType type) {
        if (type != StartType.REQUIRED) {
            fields.put("type", word(type));
        }
    }

    private static void purge(Map<String, Object> fields, String name, PurgeMethod method) {
        if (method != PurgeMethod.BRUTAL) {
            fields.put(name, word(method));
        }
    }

    private static void unlessEmpty(Map<String, Object> fields, String name, Map<String, Object> value) {
        if (!value.isEmpty()) {
            fields.put(name, Flow.sorted(value));
        }
    }

    private static void unlessEmpty(Map<String, Object> fields, String name, Collection<String> value) {
        if (!value.isEmpty()) {
            fields.put(name, value);
        }
    }

    private static String duration(Duration duration) {
        if (duration.equals(HighLevel.Update.FOREVER)) {
            return "infinity";
        }
        long millis = duration.toMillis();
        return millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms";
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
