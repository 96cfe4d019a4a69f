// SPDX-License-Identifier: Apache-2.0
package io.theseus.release;

import java.util.AbstractList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.RandomAccess;

/**
 * The bundles of a release in their order, which are found by symbolic name without a look at all of them: a release may have hundreds, and is
 * asked for each of them while callers wait. Thread safety: immutable.
 */
final class BundlesByName extends AbstractList<BundleSpec> implements RandomAccess {
    private final List<BundleSpec> bundles;
    private final Map<String, BundleSpec> byName = new HashMap<>();

    private BundlesByName(List<BundleSpec> bundles) {
        this.bundles = bundles;
        bundles.forEach(bundle -> byName.putIfAbsent(bundle.symbolicName(), bundle));
    }

    static BundlesByName of(Collection<BundleSpec> bundles) {
        return bundles instanceof BundlesByName known ? known : new BundlesByName(List.copyOf(bundles));
    }

    Optional<BundleSpec> find(String symbolicName) {
        return Optional.ofNullable(byName.get(symbolicName));
    }

    @Override
    public BundleSpec get(int index) {
        return bundles.get(index);
    }

    @Override
    public int size() {
        return bundles.size();
    }
}
