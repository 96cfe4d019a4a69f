// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup.internal.plan;

import io.theseus.relup.ConfigMode;
import io.theseus.relup.HighLevel;
import io.theseus.relup.HighLevel.Change;
import io.theseus.relup.HighLevel.Kind;
import io.theseus.relup.HighLevel.LoadBundle;
import io.theseus.relup.HighLevel.Update;
import io.theseus.relup.Instruction.SetConfig;
import io.theseus.relup.OnTimeout;
import io.theseus.relup.PurgeMethod;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reduces the instructions of several hops to those of one change. Only the first and the last version exist, so a component is suspended once
 * and hands its state over once, with the {@code extra} of all hops, in which later ones win. A state that one hop does not hand over is lost, as it would be
 * hop by hop.
 */
final class Chain {
    private final List<Todo> hops;

    private Chain(List<Todo> hops) {
        this.hops = hops;
    }

    static Todo reduce(List<Todo> hops) {
        return new Chain(hops).reduced();
    }

    /** Components that some hops update, but whose state does not get through all of them. */
    static List<String> broken(List<Todo> hops) {
        Chain chain = new Chain(hops);
        return chain.components().stream().filter(c -> !chain.handedThrough(c)).toList();
    }

    private Todo reduced() {
        Map<Object, HighLevel> last = new LinkedHashMap<>();
        all(HighLevel.class).filter(i -> !(i instanceof Update)).forEach(i -> {
            Object subject = subject(i);
            // What is said again moves back to where it is said last.
            HighLevel before = last.remove(subject);
            last.put(subject, before == null ? i : both(before, i));
        });
        List<HighLevel> instructions = new ArrayList<>();
        components().forEach(c -> instructions.add(update(c)));
        instructions.addAll(last.values());
        Map<Object, HighLevel.Apply> early = new LinkedHashMap<>();
        hops.forEach(h -> h.early().forEach(a -> early.put(subject(a), a)));
        return new Todo(
                List.copyOf(early.values()),
                hops.stream().flatMap(h -> h.opening().stream()).distinct().toList(),
                instructions,
                hops.stream().flatMap(h -> h.gates().stream()).distinct().toList());
    }

    private <T extends HighLevel> Stream<T> all(Class<T> type) {
        return hops.stream()
                .flatMap(h -> h.instructions().stream())
                .filter(type::isInstance)
                .map(type::cast);
    }

    private Set<String> components() {
        return all(Update.class).map(Update::component).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private List<Update> updates(String component) {
        return all(Update.class).filter(u -> u.component().equals(component)).toList();
    }

    private boolean handedThrough(String component) {
        List<Update> updates = updates(component);
        return updates.size() == hops.size() && updates.stream().allMatch(Update::advanced);
    }

    private Update update(String component) {
        List<Update> updates = updates(component);
        boolean advanced = handedThrough(component);
        Map<String, Object> extra = new LinkedHashMap<>();
        Set<String> allowLoss = new LinkedHashSet<>();
        if (advanced) {
            updates.forEach(u -> extra.putAll(u.extra()));
            updates.forEach(u -> allowLoss.addAll(u.allowLoss()));
        }
        return new Update(
                component,
                advanced ? Change.ADVANCED : Change.SOFT,
                extra,
                List.copyOf(allowLoss),
                updates.stream().map(Update::timeout).flatMap(Optional::stream).max(Duration::compareTo),
                updates.stream().allMatch(u -> u.onTimeout() == OnTimeout.SKIP) ? OnTimeout.SKIP : OnTimeout.FAIL,
                updates.stream().allMatch(u -> u.kind() == Kind.DYNAMIC) ? Kind.DYNAMIC : Kind.STATIC,
                soft(updates.stream().map(Update::prePurge)),
                soft(updates.stream().map(Update::postPurge)),
                distinct(updates, Update::depends),
                updates.get(updates.size() - 1).place());
    }

    /** What may be there once: two instructions with the same subject are one. */
    private static Object subject(HighLevel instruction) {
        if (instruction instanceof LoadBundle load) {
            return List.of("load_bundle", load.bundle());
        }
        if (instruction instanceof HighLevel.Apply apply) {
            return List.of("apply", apply.action(), apply.args());
        }
        if (instruction instanceof HighLevel.AddBundle add) {
            return List.of("add_bundle", add.bundle());
        }
        if (instruction instanceof HighLevel.DeleteBundle delete) {
            return List.of("delete_bundle", delete.bundle());
        }
        if (instruction instanceof HighLevel.AddApplication add) {
            return List.of("add_application", add.application());
        }
        if (instruction instanceof HighLevel.RemoveApplication remove) {
            return List.of("remove_application", remove.application());
        }
        if (instruction instanceof HighLevel.RestartApplication restart) {
            return List.of("restart_application", restart.application());
        }
        if (instruction instanceof HighLevel.LowLevel low) {
            return low.instruction() instanceof SetConfig config
                    ? List.of("set_config", config.pid())
                    : low.instruction();
        }
        return instruction.getClass();
    }

    private static HighLevel both(HighLevel first, HighLevel second) {
        if (first instanceof LoadBundle a && second instanceof LoadBundle b) {
            return new LoadBundle(
                    b.bundle(),
                    soft(Stream.of(a.prePurge(), b.prePurge())),
                    soft(Stream.of(a.postPurge(), b.postPurge())),
                    distinct(List.of(a, b), LoadBundle::depends),
                    b.place());
        }
        if (first instanceof HighLevel.LowLevel a
                && second instanceof HighLevel.LowLevel b
                && a.instruction() instanceof SetConfig one
                && b.instruction() instanceof SetConfig two
                && two.mode() == ConfigMode.MERGE) {
            Map<String, Object> properties = new LinkedHashMap<>(one.properties());
            properties.putAll(two.properties());
            return new HighLevel.LowLevel(new SetConfig(two.pid(), properties, one.mode()), b.place());
        }
        return second;
    }

    private static PurgeMethod soft(Stream<PurgeMethod> methods) {
        return methods.anyMatch(m -> m == PurgeMethod.SOFT) ? PurgeMethod.SOFT : PurgeMethod.BRUTAL;
    }

    private static <T> List<String> distinct(List<T> all, Function<T, List<String>> names) {
        return all.stream().flatMap(i -> names.apply(i).stream()).distinct().toList();
    }
}
