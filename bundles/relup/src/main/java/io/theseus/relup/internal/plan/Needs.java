// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup.internal.plan;

import io.theseus.port.Snapshot.Installed;
import io.theseus.release.BundleSpec;
import io.theseus.relup.BundleFacts;
import io.theseus.relup.BundleFacts.Component;
import io.theseus.relup.Effects;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Pass 4, last: what is loaded side by side is active before the switch. Where it can not be without a service that only something restarted
 * offers, under an interface that is another class then, or offers for the first time, it is restarted too, after that; and so is who
 * needs it in the same way.
 */
final class Needs {
    private final Picture picture;
    private final Differences differences;
    private final Rewiring rewiring;
    private final Map<String, Choice> choices;

    Needs(Picture picture, Differences differences, Rewiring rewiring, Map<String, Choice> choices) {
        this.picture = picture;
        this.differences = differences;
        this.rewiring = rewiring;
        this.choices = new LinkedHashMap<>(choices);
    }

    Map<String, Choice> apply() {
        Deque<Choice> open = new ArrayDeque<>(
                choices.values().stream().filter(this::restarts).toList());
        while (!open.isEmpty()) {
            Choice provider = open.remove();
            for (Choice user : List.copyOf(choices.values())) {
                if (early(user)) {
                    why(user, provider).ifPresent(why -> {
                        Choice late = user.forced(why);
                        choices.put(
                                late.name(),
                                rewiring.why(late.difference())
                                        .map(moves -> late.because(moves + "; " + why))
                                        .orElse(late));
                        open.add(late);
                    });
                }
            }
        }
        return choices;
    }

    private boolean restarts(Choice choice) {
        return choice.stopped()
                && choice.difference().changes()
                && choice.type().starts();
    }

    /** Whether it is to be active before the switch; what is kept warm is not looked at again on the way back. */
    private boolean early(Choice choice) {
        Difference difference = choice.difference();
        long warm = installed(difference.to()).filter(Installed::active).count() - (difference.stays() ? 1 : 0);
        return !choice.stopped() && difference.changes() && choice.type().starts() && warm <= 0;
    }

    /** Why a user of a provider that restarts has to restart after it. */
    private Optional<String> why(Choice user, Choice provider) {
        for (Component component : enabled(user.difference().to())) {
            Optional<String> late = component.needs().stream()
                    .sorted()
                    .filter(service -> says(provider, service)
                            ? anotherClass(user.difference(), service)
                                    || (appears(provider, service) && !needed(user, component, service))
                            : anotherClass(user.difference(), service) && mayOffer(provider, user))
                    .filter(service -> !isOfferedEarly(service))
                    .findFirst();
            if (late.isPresent()) {
                return Optional.of("its component " + component.name() + " needs service " + late.get() + " of "
                        + provider.difference() + ", which restarts");
            }
        }
        return Optional.empty();
    }

    /** Whether the user's new bundle gets a service interface from something that comes or changes. */
    private boolean anotherClass(Difference user, String service) {
        return differences.all().stream()
                .filter(d -> exports(d.to(), service))
                .anyMatch(d -> d.comes() || d.name().equals(user.name()) || wired(user.from(), d.from()));
    }

    private boolean exports(Optional<BundleSpec> bundle, String service) {
        String itsPackage = service.substring(0, Math.max(0, service.lastIndexOf('.')));
        return picture.facts(bundle)
                .filter(f -> f.exports().contains(itsPackage))
                .isPresent();
    }

    private boolean says(Choice provider, String service) {
        return offers(provider.difference().to(), service);
    }

    private boolean offers(Optional<BundleSpec> bundle, String service) {
        return enabled(bundle).stream().anyMatch(c -> c.services().contains(service));
    }

    /** Whether nobody offered it before, as far as is known: its interface is one of the release, and the older provider tells all it offers. */
    private boolean appears(Choice provider, String service) {
        return tellsAll(provider.difference().from())
                && picture.planning().to().bundles().stream().anyMatch(bundle -> exports(Optional.of(bundle), service))
                && picture.planning().from().bundles().stream()
                        .noneMatch(bundle -> offers(Optional.of(bundle), service));
    }

    /** Whether the older version needed it too: then it ran without, and what keeps a component out as before is no failure. */
    private boolean needed(Choice user, Component component, String service) {
        return enabled(user.difference().from()).stream()
                .anyMatch(c -> c.name().equals(component.name()) && c.needs().contains(service));
    }

    /** What has an activator or a Blueprint may register more than its descriptions tell: then who calls it is believed to need it. */
    private boolean mayOffer(Choice provider, Choice user) {
        return !tellsAll(provider.difference().to())
                && calls(user.difference().from(), provider.difference().from());
    }

    private boolean tellsAll(Optional<BundleSpec> bundle) {
        return picture.facts(bundle).filter(Effects::onlyComponents).isPresent();
    }

    private boolean isOfferedEarly(String service) {
        Stream<Difference> sideBySide = Stream.concat(
                differences.libraries().stream(),
                choices.values().stream().filter(c -> !c.stopped()).map(Choice::difference));
        return sideBySide
                .filter(d -> d.to().filter(b -> picture.type(b).starts()).isPresent())
                .anyMatch(d -> offers(d.to(), service));
    }

    private List<Component> enabled(Optional<BundleSpec> bundle) {
        return picture.facts(bundle).map(BundleFacts::components).orElse(List.of()).stream()
                .filter(Component::enabled)
                .toList();
    }

    private boolean wired(Optional<BundleSpec> user, Optional<BundleSpec> provider) {
        Set<Long> users = ids(user);
        return installed(provider).flatMap(i -> i.packageUsers().stream()).anyMatch(users::contains);
    }

    private boolean calls(Optional<BundleSpec> user, Optional<BundleSpec> provider) {
        Set<Long> users = ids(user);
        return ids(provider).stream()
                .flatMap(id -> picture.planning().snapshot().callers().getOrDefault(id, Set.of()).stream())
                .anyMatch(users::contains);
    }

    private Set<Long> ids(Optional<BundleSpec> bundle) {
        return installed(bundle).map(Installed::id).collect(Collectors.toSet());
    }

    private Stream<Installed> installed(Optional<BundleSpec> bundle) {
        return bundle.stream().flatMap(b -> picture.planning().snapshot().all(b.symbolicName(), b.version()));
    }
}
