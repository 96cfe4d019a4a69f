// SPDX-License-Identifier: Apache-2.0
package io.theseus.framework.internal;

import io.theseus.api.CodeChange;
import io.theseus.api.UpgradeAction;
import io.theseus.framework.internal.HeldServices.Named;
import io.theseus.port.Components;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.runtime.ServiceComponentRuntime;

/**
 * Finds stateful components and actions among the services a bundle has registered. Where several instances of a component
 * have one name (factory configurations), the one registered first stands for it.
 */
@Component(service = Components.class)
public final class FrameworkComponents implements Components {
    private static final String COMPONENT_NAME = "component.name";

    private final Framework framework;
    private final HeldServices held;

    @Activate
    public FrameworkComponents(BundleContext context) {
        framework = new Framework(context);
        held = new HeldServices(context);
    }

    @Deactivate
    public void close() {
        held.close();
    }

    @Override
    public List<String> stateful(long bundle) {
        return services(bundle, CodeChange.class).map(this::name).distinct().toList();
    }

    @Override
    public int instances(long bundle, String component) {
        return (int) named(bundle, component).count();
    }

    @Override
    public Optional<CodeChange<?>> codeChange(long bundle, String component) {
        return held.find(
                        new Named(bundle, component),
                        () -> named(bundle, component).findFirst())
                .flatMap(held::get)
                .map(service -> (CodeChange<?>) service);
    }

    @Override
    public List<String> renewed(long bundle, String pid) {
        String configuration = pid.contains("~") ? pid.substring(0, pid.indexOf('~')) : pid;
        return framework
                .find(bundle)
                .flatMap(found -> framework.ask(
                        ServiceComponentRuntime.class,
                        runtime -> runtime.getComponentDescriptionDTOs(found).stream()
                                .filter(c -> Arrays.asList(c.serviceInterfaces).contains(CodeChange.class.getName()))
                                .filter(c -> c.modified == null && !"ignore".equals(c.configurationPolicy))
                                .filter(c -> Arrays.asList(c.configurationPid).contains(configuration))
                                .map(c -> c.name)
                                .toList()))
                .orElse(List.of());
    }

    @Override
    public Optional<UpgradeAction> action(long bundle, String name) {
        return services(bundle, UpgradeAction.class)
                .filter(service -> name.equals(service.getProperty(UpgradeAction.NAME)))
                .findFirst()
                .flatMap(held::get)
                .map(UpgradeAction.class::cast);
    }

    private Stream<ServiceReference<?>> named(long bundle, String component) {
        return services(bundle, CodeChange.class).filter(service -> component.equals(name(service)));
    }

    /** A service that is no component is named after its class. */
    private String name(ServiceReference<?> service) {
        @Nullable Object name = service.getProperty(COMPONENT_NAME);
        return name != null
                ? name.toString()
                : held.get(service).map(object -> object.getClass().getName()).orElse("");
    }

    /** The services of a bundle under a type, first registered first, whatever a hook hides. */
    private Stream<ServiceReference<?>> services(long id, Class<?> type) {
        ServiceReference<?> @Nullable [] registered =
                framework.find(id).map(Bundle::getRegisteredServices).orElse(null);
        return registered == null
                ? Stream.of()
                : Stream.of(registered)
                        .filter(service -> Arrays.asList((String[]) service.getProperty(Constants.OBJECTCLASS))
                                .contains(type.getName()))
                        .sorted((a, b) -> Long.compare(serviceId(a), serviceId(b)));
    }

    private static long serviceId(ServiceReference<?> service) {
        return (Long) service.getProperty(Constants.SERVICE_ID);
    }
}
