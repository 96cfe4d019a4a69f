// SPDX-License-Identifier: Apache-2.0
package io.theseus.framework.internal;

import io.theseus.release.Problem;
import java.util.ArrayList;
import java.util.Collection;
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

    List<Problem> of(Bundle bundle) {
        List<Found> found = withActivated(
                bundle,
                active -> framework
                        .ask(ServiceComponentRuntime.class, runtime -> problems(runtime, bundle, active))
                        .orElse(List.of()));
        if (found.isEmpty()) {
            return List.of();
        }
        Set<String> known = new HashSet<>(keptOut.getOrDefault(Framework.name(bundle), Set.of()));
        known.addAll(keptOut(framework.bundles().stream()
                .filter(other -> !other.equals(bundle) && Framework.name(other).equals(Framework.name(bundle)))
                .toList()));
        return found.stream()
                .filter(each -> !known.contains(each.key()))
                .map(Found::problem)
                .toList();
    }

    /** @param key the same for two versions whose component misses the same */
    private record Found(String key, Problem problem) {}

    /**
     * Delayed components are activated by their first use, so each service is used for the time of the question. A prototype
     * has no instance that is everybody's, and one got here would prove little.
     *
     * @param question is given the names of components whose service is there
     */
    private <R> R withActivated(Bundle bundle, Function<Set<String>, R> question) {
        Set<String> active = new HashSet<>();
        List<ServiceReference<?>> used = new ArrayList<>();
        try {
            for (ServiceReference<?> service : services(bundle)) {
                if (!Constants.SCOPE_PROTOTYPE.equals(service.getProperty(Constants.SERVICE_SCOPE))) {
                    Object object = framework.own().getService(service);
                    used.add(service);
                    if (object != null) {
                        names(service).forEach(active::add);
                    }
                }
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

    private List<Found> problems(ServiceComponentRuntime runtime, Bundle bundle, Set<String> active) {
        List<Found> problems = new ArrayList<>();
        Set<String> configured = configurations.pids();
        for (ComponentDescriptionDTO description : runtime.getComponentDescriptionDTOs(bundle)) {
            if (isSure(description, active, configured) || !runtime.isComponentEnabled(description)) {
                continue;
            }
            for (ComponentConfigurationDTO instance : instances(runtime, description)) {
                if (isProblem(description, instance)) {
                    Problem problem = Problem.of(
                            CODE,
                            Framework.describe(bundle) + " component " + description.name,
                            reason(description, instance));
                    problems.add(new Found(key(description, instance), problem));
                }
            }
        }
        return problems;
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
