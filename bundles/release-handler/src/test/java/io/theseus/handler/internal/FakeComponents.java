// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal;

import io.theseus.api.CodeChange;
import io.theseus.api.UpgradeAction;
import io.theseus.port.Components;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;

/** Components that are there as soon as their bundle is. */
final class FakeComponents implements Components {
    final Map<String, UpgradeAction> actions = new HashMap<>();
    final Map<Long, Integer> instances = new HashMap<>();
    /** The configuration whose change makes components anew. */
    String renewing = "";
    /** Bundles whose components have died. */
    final Set<Long> dead = ConcurrentHashMap.newKeySet();

    private final Map<String, CodeChange<?>> components = new HashMap<>();
    private final FakeCodeServer code;
    private final BiFunction<String, String, Optional<CodeChange<?>>> factory;

    /** @param factory makes a component from the bundle's text and the component's name */
    FakeComponents(FakeCodeServer code, BiFunction<String, String, Optional<CodeChange<?>>> factory) {
        this.code = code;
        this.factory = factory;
    }

    @Override
    public List<String> stateful(long bundle) {
        return code.bundles.get(bundle).symbolicName().equals("ledger") ? List.of("ledger.Accounts") : List.of();
    }

    void replace(long bundle, String component, CodeChange<?> instance) {
        components.put(bundle + " " + component, instance);
    }

    @Override
    public int instances(long bundle, String component) {
        return instances.getOrDefault(bundle, 1);
    }

    @Override
    public Optional<CodeChange<?>> codeChange(long bundle, String component) {
        if (dead.contains(bundle)) {
            return Optional.empty();
        }
        String key = bundle + " " + component;
        if (!components.containsKey(key)) {
            factory.apply(code.bundles.get(bundle).toString(), component).ifPresent(c -> components.put(key, c));
        }
        return Optional.ofNullable(components.get(key));
    }

    @Override
    public List<String> renewed(long bundle, String pid) {
        return pid.equals(renewing) ? stateful(bundle) : List.of();
    }

    @Override
    public Optional<UpgradeAction> action(long bundle, String name) {
        return Optional.ofNullable(actions.get(name));
    }
}
