// SPDX-License-Identifier: Apache-2.0
package io.theseus.framework.internal;

import io.theseus.release.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.BundleWiring;

/**
 * Why bundles do not resolve, found by looking for the providers of every mandatory requirement. What is not found so (providers
 * that exclude each other) is asked of the framework. At least one problem for each bundle that stays unresolved.
 */
final class ResolutionProblems {
    private static final String CODE = "does-not-resolve";

    private final List<Bundle> bundles;

    ResolutionProblems(List<Bundle> bundles) {
        this.bundles = bundles;
    }

    List<Problem> of(Bundle bundle) {
        List<String> reasons = new ArrayList<>();
        collect(bundle, "", reasons, new HashSet<>());
        singletonRival(bundle).ifPresent(reasons::add);
        if (reasons.isEmpty()) {
            frameworksWord(bundle).ifPresent(word -> reasons.add("does not resolve: " + word));
        }
        return reasons.stream()
                .map(reason -> Problem.of(CODE, "", Framework.describe(bundle) + " " + reason))
                .toList();
    }

    /** Follows the only possible provider of something when that does not resolve itself. */
    private void collect(Bundle bundle, String path, List<String> reasons, Set<Bundle> seen) {
        if (!seen.add(bundle)) {
            return;
        }
        @Nullable BundleRevision revision = bundle.adapt(BundleRevision.class);
        if (revision == null) {
            reasons.add(path + "is uninstalled");
            return;
        }
        for (BundleRequirement requirement : revision.getDeclaredRequirements(null)) {
            if (!isMandatory(requirement)) {
                continue;
            }
            List<Bundle> providers = providers(requirement);
            if (providers.isEmpty()) {
                reasons.add(path + RequirementText.of(requirement) + "; " + near(requirement));
            } else if (providers.stream().noneMatch(ResolutionProblems::isResolved)) {
                Bundle provider = providers.get(0);
                collect(provider, path + "needs " + Framework.describe(provider) + ", which ", reasons, seen);
            }
        }
    }

    private static boolean isMandatory(BundleRequirement requirement) {
        var directives = requirement.getDirectives();
        String effective = directives.getOrDefault(Constants.EFFECTIVE_DIRECTIVE, Constants.EFFECTIVE_RESOLVE);
        String resolution = directives.getOrDefault(Constants.RESOLUTION_DIRECTIVE, Constants.RESOLUTION_MANDATORY);
        // A dynamic import names a wildcard or is wired when a class is first asked for.
        return Constants.EFFECTIVE_RESOLVE.equals(effective) && Constants.RESOLUTION_MANDATORY.equals(resolution);
    }

    private List<Bundle> providers(BundleRequirement requirement) {
        return bundles.stream()
                .filter(bundle -> capabilities(bundle, requirement.getNamespace()).stream()
                        .anyMatch(requirement::matches))
                .sorted(Comparator.comparing(ResolutionProblems::isResolved).reversed())
                .toList();
    }

    private String near(BundleRequirement requirement) {
        Optional<String> name = RequirementText.name(requirement);
        String namespace = requirement.getNamespace();
        String offers = bundles.stream()
                .flatMap(bundle -> capabilities(bundle, namespace).stream())
                .filter(capability -> name.isPresent()
                        && name.get().equals(capability.getAttributes().get(namespace)))
                .map(capability -> offer(namespace, capability))
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
        return offers.isEmpty() ? "nothing offers it" : "offered is " + offers;
    }

    private static String offer(String namespace, BundleCapability capability) {
        Object version = BundleRevision.BUNDLE_NAMESPACE.equals(namespace)
                ? capability.getAttributes().get(Constants.BUNDLE_VERSION_ATTRIBUTE)
                : capability.getAttributes().get(Constants.VERSION_ATTRIBUTE);
        Bundle bundle = capability.getRevision().getBundle();
        String by = bundle.getBundleId() == 0 ? "the container" : Framework.describe(bundle);
        return (version == null ? "it" : version) + " by " + by;
    }

    /** Declared ones for what is not resolved yet: the wiring of a resolved bundle also knows its fragments'. */
    private static List<BundleCapability> capabilities(Bundle bundle, String namespace) {
        @Nullable BundleRevision revision = bundle.adapt(BundleRevision.class);
        if (revision == null) {
            return List.of();
        }
        @Nullable BundleWiring wiring = revision.getWiring();
        // A wiring that is not in use any more, as after an uninstall, answers null.
        @Nullable
        List<BundleCapability> known = wiring == null || BundleRevision.HOST_NAMESPACE.equals(namespace)
                ? null
                : wiring.getCapabilities(namespace);
        return known == null ? revision.getDeclaredCapabilities(namespace) : known;
    }

    private Optional<String> singletonRival(Bundle bundle) {
        if (!isSingleton(bundle)) {
            return Optional.empty();
        }
        return bundles.stream()
                .filter(other -> other != bundle && isResolved(other) && isSingleton(other))
                .filter(other -> Framework.name(other).equals(Framework.name(bundle)))
                .map(other -> "is a singleton, and " + Framework.describe(other) + " is in its place")
                .findFirst();
    }

    private static boolean isSingleton(Bundle bundle) {
        return capabilities(bundle, "osgi.identity").stream()
                .anyMatch(identity -> "true".equals(identity.getDirectives().get(Constants.SINGLETON_DIRECTIVE)));
    }

    private static boolean isResolved(Bundle bundle) {
        return (bundle.getState() & (Bundle.INSTALLED | Bundle.UNINSTALLED)) == 0;
    }

    /**
     * Loading a class is an attempt to resolve that starts nothing; the framework says in the cause why it went wrong.
     *
     * @return empty if it went well this time
     */
    private static Optional<String> frameworksWord(Bundle bundle) {
        try {
            bundle.loadClass("io.theseus.framework.internal.NoSuchClass");
            return Optional.empty();
        } catch (ClassNotFoundException e) {
            return isResolved(bundle) ? Optional.empty() : Optional.of(Causes.text(e));
        }
    }
}
