// SPDX-License-Identifier: Apache-2.0
package io.theseus.framework.internal;

import io.theseus.release.Problem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.service.component.runtime.dto.UnsatisfiedReferenceDTO;

/**
 * The DS components of a bundle that should be active and are not.
 *
 * <p>What keeps a component out in another version of the same bundle too (a service this container does not have, a
 * configuration nobody wrote) is outside the bundle and is no problem. Versions that were stopped meanwhile count: what kept
 * their components out is remembered by {@link #remember}, by name.
 *
 * <p>Thread safety: safe for use by many threads.
 */
final class ComponentHealth {
    private static final String CODE = "component-not-active";
    private static final String REQUIRED = "require";
    private static final String COMPONENT_ID = "component.id";
    private static final String COMPONENT_NAME = "component.name";

    private final Framework framework;
    private final ConfigurationLocations configurations;
    private final Map<String, Set<String>> keptOut = new ConcurrentHashMap<>();

    ComponentHealth(Framework framework, ConfigurationLocations configurations) {
        this.framework = framework;
        this.configurations = configurations;
    }

    /** Notes, before a bundle is stopped, which of its components were kept out and by what. */
    void remember(Bundle bundle) {
        keptOut.put(Framework.name(bundle), keptOut(List.of(bundle)));
    }

    /** A version that is uninstalled is nobody's measure any more, above all when it was taken back for what it misses. */
    void forget(Bundle bundle) {
        keptOut.remove(Framework.name(bundle));
    }

    /** By id of the bundle; bundles of which there is nothing to say are left out. */
    Map<Long, List<Problem>> of(Collection<Bundle> bundles) {
        if (bundles.isEmpty()) {
            // SCR takes that for all there are.
            return Map.of();
        }
        Map<Bundle, List<Found>> found = withActivated(
                bundles,
                active -> framework
                        .ask(ServiceComponentRuntime.class, runtime -> problems(runtime, active))
                        .orElse(Map.of()));
        Map<Long, List<Problem>> problems = new HashMap<>();
        found.forEach((bundle, all) -> {
            Set<String> known = known(bundle);
            List<Problem> own = all.stream()
                    .filter(each -> !known.contains(each.key()))
                    .map(Found::problem)
                    .toList();
            if (!own.isEmpty()) {
                problems.put(bundle.getBundleId(), own);
            }
        });
        return problems;
    }

    /** What keeps components out in other versions too. */
    private Set<String> known(Bundle bundle) {
        Set<String> known = new HashSet<>(keptOut.getOrDefault(Framework.name(bundle), Set.of()));
        known.addAll(keptOut(framework.bundles().stream()
                .filter(other -> !other.equals(bundle) && Framework.name(other).equals(Framework.name(bundle)))
                .toList()));
        return known;
    }

    /** @param key the same for two versions whose component misses the same */
    private record Found(String key, Problem problem) {}

    /**
     * Delayed components are activated by their first use, so each service is used for the time of the question. A prototype
     * has no instance that is everybody's, and one got here would prove little.
     *
     * @param question is given the names of components whose service is there, of each bundle
     */
    private <R> R withActivated(Collection<Bundle> bundles, Function<Map<Bundle, Set<String>>, R> question) {
        Map<Bundle, Set<String>> active = new HashMap<>();
        List<ServiceReference<?>> used = new ArrayList<>();
        try {
            for (Bundle bundle : bundles) {
                Set<String> there = new HashSet<>();
                for (ServiceReference<?> service : services(bundle)) {
                    if (!Constants.SCOPE_PROTOTYPE.equals(service.getProperty(Constants.SERVICE_SCOPE))) {
                        Object object = framework.own().getService(service);
                        used.add(service);
                        if (object != null) {
                            names(service).forEach(there::add);
                        }
                    }
                }
                active.put(bundle, there);
            }
            return question.apply(active);
        } finally {
            used.forEach(framework.own()::ungetService);
        }
    }

    /** Of its components. */
    private static List<ServiceReference<?>> services(Bundle bundle) {
        ServiceReference<?> @Nullable [] registered = bundle.getRegisteredServices();
        return registered == null
                ? List.of()
                : Stream.of(registered)
                        .filter(service -> service.getProperty(COMPONENT_ID) != null)
                        .toList();
    }

    private static Stream<String> names(ServiceReference<?> service) {
        return service.getProperty(COMPONENT_NAME) instanceof String name ? Stream.of(name) : Stream.empty();
    }

    /** @param active the names of components whose service is there, of each bundle that is asked about */
    private Map<Bundle, List<Found>> problems(ServiceComponentRuntime runtime, Map<Bundle, Set<String>> active) {
        Map<Bundle, List<Found>> problems = new HashMap<>();
        Set<String> configured = configurations.pids();
        Map<Long, List<ComponentDescriptionDTO>> described =
                runtime.getComponentDescriptionDTOs(active.keySet().toArray(new Bundle[0])).stream()
                        .collect(Collectors.groupingBy(description -> description.bundle.id));
        active.forEach((bundle, there) -> {
            for (ComponentDescriptionDTO description : described.getOrDefault(bundle.getBundleId(), List.of())) {
                if (!isSure(description, there, configured) && runtime.isComponentEnabled(description)) {
                    instances(runtime, description).stream()
                            .filter(instance -> isProblem(description, instance))
                            .forEach(instance -> problems.computeIfAbsent(bundle, any -> new ArrayList<>())
                                    .add(found(bundle, description, instance)));
                }
            }
        });
        return problems;
    }

    private static Found found(Bundle bundle, ComponentDescriptionDTO description, ComponentConfigurationDTO instance) {
        return new Found(
                key(description, instance),
                Problem.of(
                        CODE,
                        Framework.describe(bundle) + " component " + description.name,
                        reason(description, instance)));
    }

    /**
     * Whether nothing keeps a component out, without asking SCR, which describes every service that an instance is bound to, with all who use it: in a
     * container of thousands of services that is most of what an install takes. Of a component without configurations there is one instance.
     */
    private static boolean isSure(ComponentDescriptionDTO description, Set<String> there, Set<String> configured) {
        return there.contains(description.name)
                && Stream.of(description.configurationPid).noneMatch(configured::contains);
    }

    /** A component that requires a configuration has no instance before it is given one; that is a state of it all the same. */
    private static Collection<ComponentConfigurationDTO> instances(
            ServiceComponentRuntime runtime, ComponentDescriptionDTO description) {
        Collection<ComponentConfigurationDTO> instances = runtime.getComponentConfigurationDTOs(description);
        if (!instances.isEmpty() || !REQUIRED.equals(description.configurationPolicy)) {
            return instances;
        }
        ComponentConfigurationDTO none = new ComponentConfigurationDTO();
        none.state = ComponentConfigurationDTO.UNSATISFIED_CONFIGURATION;
        return List.of(none);
    }

    private boolean isProblem(ComponentDescriptionDTO description, ComponentConfigurationDTO instance) {
        return switch (instance.state) {
            case ComponentConfigurationDTO.UNSATISFIED_REFERENCE, ComponentConfigurationDTO.FAILED_ACTIVATION -> true;
            case ComponentConfigurationDTO.UNSATISFIED_CONFIGURATION ->
                Stream.of(description.configurationPid).anyMatch(configurations::exist);
            default -> false;
        };
    }

    /** The same for two versions whose component misses the same. */
    private static String key(ComponentDescriptionDTO description, ComponentConfigurationDTO instance) {
        return description.name + ": " + reason(description, instance);
    }

    private static String reason(ComponentDescriptionDTO description, ComponentConfigurationDTO instance) {
        return switch (instance.state) {
            case ComponentConfigurationDTO.UNSATISFIED_REFERENCE ->
                "has no "
                        + Stream.of(instance.unsatisfiedReferences)
                                .map(missing -> missing(description, missing))
                                .sorted()
                                .collect(Collectors.joining(", no "));
            case ComponentConfigurationDTO.UNSATISFIED_CONFIGURATION ->
                "is not given its configuration " + String.join(", ", description.configurationPid);
            default -> "threw when it was activated: " + Causes.textOfStackTrace(String.valueOf(instance.failure));
        };
    }

    private static String missing(ComponentDescriptionDTO description, UnsatisfiedReferenceDTO missing) {
        String service = Stream.of(description.references)
                .filter(reference -> reference.name.equals(missing.name))
                .map(reference -> reference.interfaceName)
                .findFirst()
                .orElse(missing.name);
        return "service " + service + (missing.target == null ? "" : " " + missing.target) + " for its reference "
                + missing.name;
    }

    private Set<String> keptOut(Collection<Bundle> bundles) {
        return framework
                .ask(ServiceComponentRuntime.class, runtime -> {
                    Set<String> reasons = new HashSet<>();
                    Set<String> configured = bundles.isEmpty() ? Set.of() : configurations.pids();
                    for (Bundle bundle : bundles) {
                        // What is offered is satisfied, activated or not.
                        Set<String> offered = services(bundle).stream()
                                .flatMap(ComponentHealth::names)
                                .collect(Collectors.toSet());
                        for (ComponentDescriptionDTO description : runtime.getComponentDescriptionDTOs(bundle)) {
                            if (!isSure(description, offered, configured)) {
                                instances(runtime, description).stream()
                                        .filter(instance -> instance.state < ComponentConfigurationDTO.SATISFIED)
                                        .forEach(instance -> reasons.add(key(description, instance)));
                            }
                        }
                    }
                    return reasons;
                })
                .orElse(Set.of());
    }
}
