// SPDX-License-Identifier: Apache-2.0
package io.theseus.framework.internal;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.BundleRevisions;
import org.osgi.framework.wiring.BundleWire;
import org.osgi.framework.wiring.BundleWiring;

/** The wires by which bundles see each other's classes. Wirings still in use of former revisions count too. */
final class Wires {
    private static final Set<String> CLASS_SPACE =
            Set.of(BundleRevision.PACKAGE_NAMESPACE, BundleRevision.BUNDLE_NAMESPACE, BundleRevision.HOST_NAMESPACE);

    private Wires() {}

    /** Ids of other bundles that are wired to classes of this one. */
    static Set<Long> users(Bundle bundle) {
        return wirings(bundle)
                .flatMap(wiring -> provided(wiring).stream())
                .filter(wire -> CLASS_SPACE.contains(wire.getCapability().getNamespace()))
                .map(wire -> wire.getRequirer().getBundle().getBundleId())
                .filter(id -> id != bundle.getBundleId())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Whether a bundle exports a package or is wired to it. */
    static boolean usesPackage(Bundle bundle, String name) {
        return wirings(bundle)
                .flatMap(wiring -> Stream.concat(
                        exported(wiring).stream(), required(wiring).stream().map(BundleWire::getCapability)))
                .anyMatch(capability -> name.equals(capability.getAttributes().get(BundleRevision.PACKAGE_NAMESPACE)));
    }

    static Stream<BundleWiring> wirings(Bundle bundle) {
        @Nullable BundleRevisions revisions = bundle.adapt(BundleRevisions.class);
        return revisions == null
                ? Stream.of()
                : revisions.getRevisions().stream()
                        .map(BundleRevision::getWiring)
                        .filter(Objects::nonNull);
    }

    /** A wiring that is not in use any more answers null, to this and to the other two. */
    private static List<BundleCapability> exported(BundleWiring wiring) {
        @Nullable List<BundleCapability> capabilities = wiring.getCapabilities(BundleRevision.PACKAGE_NAMESPACE);
        return capabilities == null ? List.of() : capabilities;
    }

    private static List<BundleWire> provided(BundleWiring wiring) {
        @Nullable List<BundleWire> wires = wiring.getProvidedWires(null);
        return wires == null ? List.of() : wires;
    }

    private static List<BundleWire> required(BundleWiring wiring) {
        @Nullable List<BundleWire> wires = wiring.getRequiredWires(BundleRevision.PACKAGE_NAMESPACE);
        return wires == null ? List.of() : wires;
    }
}
