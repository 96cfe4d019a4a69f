// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup.internal.read;

import io.theseus.release.StartType;
import io.theseus.relup.HighLevel;
import io.theseus.relup.HighLevel.Change;
import io.theseus.relup.HighLevel.Kind;
import io.theseus.relup.OnTimeout;
import io.theseus.relup.PurgeMethod;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Pass 1 of OTP's translation, expand: instructions of an appup from their short forms to their full ones. */
final class HighLevelForms {
    private static final List<String> HIGH = List.of(
            "load_bundle",
            "update",
            "add_bundle",
            "delete_bundle",
            "add_application",
            "remove_application",
            "restart_application",
            "apply",
            "set_config",
            "restart_new_container",
            "restart_container");
    private static final List<String> KNOWN =
            Stream.concat(HIGH.stream(), LowLevelForms.IN_APPUPS.stream()).toList();

    private final Problems problems;
    private final LowLevelForms low;

    HighLevelForms(Problems problems) {
        this.problems = problems;
        this.low = new LowLevelForms(problems);
    }

    Optional<HighLevel> read(Yaml yaml) {
        return Item.read(yaml, KNOWN, problems).flatMap(this::instruction);
    }

    private Optional<HighLevel> instruction(Item item) {
        Fields fields = item.fields();
        Optional<? extends HighLevel> instruction = switch (item.name()) {
            case "load_bundle" -> loadBundle(fields);
            case "update" -> update(fields);
            case "add_bundle" ->
                fields.subject("add_bundle", "bundle")
                        .map(b -> new HighLevel.AddBundle(b, fields.texts("depends"), fields.place()));
            case "delete_bundle" ->
                fields.subject("delete_bundle", "bundle")
                        .map(b -> new HighLevel.DeleteBundle(b, fields.texts("depends"), fields.place()));
            case "add_application" ->
                fields.subject("add_application", "application")
                        .map(a -> new HighLevel.AddApplication(a, type(fields), fields.place()));
            case "remove_application" ->
                fields.subject("remove_application", "application")
                        .map(a -> new HighLevel.RemoveApplication(a, fields.place()));
            case "restart_application" -> restart(fields);
            case "apply" -> apply(fields);
            case "restart_new_container" -> Optional.of(new HighLevel.RestartNewContainer(fields.place()));
            case "restart_container" -> Optional.of(new HighLevel.RestartContainer(fields.place()));
            default -> low.instruction(item).map(i -> new HighLevel.LowLevel(i, fields.place()));
        };
        fields.end();
        return instruction.map(i -> i);
    }

    private Optional<HighLevel> loadBundle(Fields fields) {
        Optional<String> longForm = fields.text("bundle");
        return Optional.of(new HighLevel.LoadBundle(
                fields.text("load_bundle").or(() -> longForm),
                purge(fields, "pre_purge"),
                purge(fields, "post_purge"),
                fields.texts("depends"),
                fields.place()));
    }

    private Optional<HighLevel> update(Fields fields) {
        Optional<String> component = fields.subject("update", "component");
        Change change = change(fields);
        Map<String, Object> extra = fields.values("extra");
        List<String> allowLoss = fields.texts("allow_loss");
        Optional<Duration> timeout = fields.duration("timeout");
        OnTimeout onTimeout = fields.choice("on_timeout", OnTimeout.class).orElse(OnTimeout.FAIL);
        Kind kind = fields.choice("kind", Kind.class).orElse(Kind.STATIC);
        PurgeMethod prePurge = purge(fields, "pre_purge");
        PurgeMethod postPurge = purge(fields, "post_purge");
        List<String> depends = fields.texts("depends");
        if (change == Change.SOFT && !(extra.isEmpty() && allowLoss.isEmpty())) {
            problems.add(
                    fields.place(),
                    "a soft update hands no state over, so 'extra' and 'allow_loss' mean nothing",
                    "remove them, or 'change: soft'");
        }
        return component.map(c -> new HighLevel.Update(
                c, change, extra, allowLoss, timeout, onTimeout, kind, prePurge, postPurge, depends, fields.place()));
    }

    private Change change(Fields fields) {
        return fields.choice("change", Change.class).orElse(Change.ADVANCED);
    }

    private Optional<HighLevel> apply(Fields fields) {
        Optional<String> action = fields.subject("apply", "action");
        Map<String, Object> args = fields.values("args");
        Optional<Duration> timeout = fields.duration("timeout");
        return action.map(a -> new HighLevel.Apply(a, args, timeout, fields.place()));
    }

    private Optional<HighLevel> restart(Fields fields) {
        Optional<String> longForm = fields.text("application");
        Optional<String> application = fields.text("restart_application").or(() -> longForm);
        return Optional.of(new HighLevel.RestartApplication(application, type(fields), fields.place()));
    }

    private static Optional<StartType> type(Fields fields) {
        return fields.choice("type", StartType.class);
    }

    private static PurgeMethod purge(Fields fields, String name) {
        return fields.choice(name, PurgeMethod.class).orElse(PurgeMethod.BRUTAL);
    }
}
