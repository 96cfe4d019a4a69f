// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup;

import io.theseus.port.ByProperty;
import io.theseus.port.Snapshot;
import io.theseus.port.Switchboard;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Why a bundle can not simply be started beside another version of itself. Two kinds of reasons:
 *
 * <ul>
 *   <li>it can not <em>exist twice</em>: both would be seen, or the framework allows only one;
 *   <li>its <em>activation has effects</em>: it may open a port, start a thread, read a file. Its author knows better, so an
 *       appup may say {@code load_bundle} all the same.
 * </ul>
 *
 * <p>A component that takes part in handovers has no effects on activation: the contract of
 * {@link io.theseus.api.CodeChange} forbids them.
 */
public final class Effects {
    private static final String CODE_CHANGE = "io.theseus.api.CodeChange";

    private Effects() {}

    /**
     * The first reason of either kind, in a user's words, beginning with the bundle's name.
     *
     * @param line the application as it runs; empty for a version that does not run
     * @param installed the bundle as it is installed; empty for a version that is not
     */
    public static Optional<String> of(
            BundleFacts facts, Optional<Switchboard.Line> line, Optional<Snapshot.Installed> installed) {
        return onlyOnce(facts, line).or(() -> onActivation(facts, installed));
    }

    /** The first reason why it can not exist twice, whatever an appup says. */
    public static Optional<String> onlyOnce(BundleFacts facts, Optional<Switchboard.Line> line) {
        List<Optional<String>> reasons = List.of(
                when(facts.fragment(), "is a fragment, which is attached to its host only when that is resolved"),
                when(facts.singleton(), "is singleton:=true: the framework resolves one version of it only"),
                when(facts.webApplication(), "is a web application (Web-ContextPath), which has its path alone"),
                component(facts, c -> c.services().contains(c.implementation()) && reachable(facts, c))
                        .map(c -> "offers component " + c.name() + " under its class, not under an interface"),
                raw(line));
        return first(facts, reasons);
    }

    /** Whether others can use a component that is offered under its class: they have the class, or need none. */
    private static boolean reachable(BundleFacts facts, BundleFacts.Component component) {
        int dot = component.implementation().lastIndexOf('.');
        return facts.exports().contains(component.implementation().substring(0, Math.max(0, dot)))
                || component.properties().stream().anyMatch(ByProperty::called);
    }

    /** The first effect of its activation. */
    public static Optional<String> onActivation(BundleFacts facts, Optional<Snapshot.Installed> installed) {
        List<Optional<String>> reasons = List.of(
                when(facts.activator(), "has a bundle activator, which may do anything when it starts"),
                when(facts.blueprint(), "has a Blueprint context, whose beans are made when it starts"),
                component(facts, c -> c.services().isEmpty() && c.immediate())
                        .map(c -> "has component " + c.name()
                                + ", which offers no service and works from its activation on"),
                component(facts, c -> c.immediate() && !c.services().contains(CODE_CHANGE))
                        .map(c -> "has the immediate component " + c.name() + ", which works from its activation on"),
                when(installed.map(Snapshot.Installed::hasData).orElse(false), "has files in its data area"));
        return first(facts, reasons);
    }

    /** The components that hand their state over. */
    public static List<String> stateful(BundleFacts facts) {
        return facts.components().stream()
                .filter(c -> c.services().contains(CODE_CHANGE))
                .map(BundleFacts.Component::name)
                .toList();
    }

    /** Whether its component descriptions tell everything: an activator or a Blueprint may register more. */
    public static boolean onlyComponents(BundleFacts facts) {
        return !facts.activator() && !facts.blueprint();
    }

    private static Optional<String> raw(Optional<Switchboard.Line> line) {
        return line.flatMap(l -> l.raw().stream().findFirst()).map(reason -> "has services that stay raw: " + reason);
    }

    private static Optional<BundleFacts.Component> component(
            BundleFacts facts, Predicate<BundleFacts.Component> condition) {
        return facts.components().stream()
                .filter(BundleFacts.Component::enabled)
                .filter(condition)
                .findFirst();
    }

    private static Optional<String> first(BundleFacts facts, List<Optional<String>> reasons) {
        return reasons.stream().flatMap(Optional::stream).findFirst().map(reason -> name(facts) + " " + reason);
    }

    private static Optional<String> when(boolean condition, String reason) {
        return condition ? Optional.of(reason) : Optional.empty();
    }

    private static String name(BundleFacts facts) {
        return facts.symbolicName() + " " + facts.version();
    }
}
