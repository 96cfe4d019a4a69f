// SPDX-License-Identifier: Apache-2.0
package io.theseus.framework.internal;

import java.util.Optional;
import java.util.Set;
import org.osgi.framework.Bundle;

/** Moves the configurations of a succession. Thread safety: none. */
final class SharedConfigurations {
    private final ConfigurationLocations locations;

    SharedConfigurations(ConfigurationLocations locations) {
        this.locations = locations;
    }

    boolean available() {
        return locations.available();
    }

    /** Adds what belongs to the older bundle now. */
    Succession complete(Succession succession, Bundle older) {
        return succession.with(locations.bound(older.getLocation()), locations.dynamic(older.getLocation()));
    }

    /** Opens them to anybody. */
    void open(Succession succession) {
        Set<String> from = Set.of(succession.from().location());
        Optional<String> anybody = Optional.of(ConfigurationLocations.ANYBODY);
        succession.bound().forEach(pid -> locations.move(pid, from, anybody));
        succession.dynamic().forEach(pid -> locations.move(pid, from, anybody));
    }

    /** Binds to the newer bundle what was bound to the older one. */
    void settleBound(Succession succession) {
        Set<String> from =
                Set.of(ConfigurationLocations.ANYBODY, succession.from().location());
        Optional<String> newer = Optional.of(succession.to().location());
        succession.bound().forEach(pid -> locations.move(pid, from, newer));
    }

    /** Unbinds what was unbound. Only for when the older bundle is gone: otherwise it would be bound to that one again. */
    void settleDynamic(Succession succession) {
        Set<String> from = Set.of(ConfigurationLocations.ANYBODY);
        succession.dynamic().forEach(pid -> locations.move(pid, from, Optional.empty()));
    }

    void giveBack(Succession succession) {
        Set<String> from =
                Set.of(ConfigurationLocations.ANYBODY, succession.to().location());
        Optional<String> older = Optional.of(succession.from().location());
        succession.bound().forEach(pid -> locations.move(pid, from, older));
        succession.dynamic().forEach(pid -> locations.move(pid, from, Optional.empty()));
    }

    /** Gives the older bundle what the newer one made for itself. */
    void bringBack(Succession succession) {
        String newer = succession.to().location();
        Optional<String> older = Optional.of(succession.from().location());
        locations.bound(newer).forEach(pid -> locations.move(pid, Set.of(newer), older));
    }
}
