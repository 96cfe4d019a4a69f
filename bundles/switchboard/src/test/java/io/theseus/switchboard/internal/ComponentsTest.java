// SPDX-License-Identifier: Apache-2.0
package io.theseus.switchboard.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.theseus.port.Switchboard.Incoming;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.felix.scr.info.ScrInfo;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.ComponentContext;
import org.osgi.util.function.Function;
import org.osgi.util.promise.Promise;
import sample.api.Link;
import sample.app.DsConsumer;
import sample.app.DsLink;

/** The same with declarative services, as applications are really made. */
class ComponentsTest {
    private static final String XML =
            "<scr:component xmlns:scr='http://www.osgi.org/xmlns/scr/v1.5.0' name='%s' %s>%s</scr:component>";

    private Container container;
    private BundleContext client;

    @BeforeEach
    void start(@TempDir Path storage) throws Exception {
        container = new Container(storage);
        container.start(Function.class);
        container.start(Promise.class);
        container.start(ComponentContext.class);
        container.start(ScrInfo.class);
        container.switchboard();
        client = container.client();
    }

    @AfterEach
    void stop() throws Exception {
        container.close();
    }

    private Bundle provider(String name, String version) throws Exception {
        String xml = XML.formatted(
                name + ".Links",
                "activate='activate'",
                "<implementation class='" + DsLink.class.getName() + "'/>"
                        + "<property name='name' value='" + name + "'/>"
                        + "<service><provide interface='sample.api.Link'/>"
                        + "<provide interface='io.theseus.api.CodeChange'/></service>");
        return container.install(
                name,
                version,
                Map.of("Service-Component", "OSGI-INF/c.xml"),
                Map.of("OSGI-INF/c.xml", xml, "OSGI-INF/appup.yaml", "version: " + version),
                DsLink.class);
    }

    private Bundle consumer(String name, String target) throws Exception {
        String xml = XML.formatted(
                name + ".Consumer",
                "",
                "<implementation class='" + DsConsumer.class.getName() + "'/>"
                        + "<service><provide interface='java.util.function.Supplier'/></service>"
                        + "<reference name='link' interface='sample.api.Link' bind='bind' target='(name=" + target
                        + ")'/>");
        return container.install(
                name,
                "1.0.0",
                Map.of("Service-Component", "OSGI-INF/c.xml"),
                Map.of("OSGI-INF/c.xml", xml),
                DsConsumer.class);
    }

    @SuppressWarnings("unchecked")
    private Supplier<List<String>> got() {
        ServiceReference<?> reference = client.getServiceReference(Supplier.class);
        return reference == null ? null : (Supplier<List<String>>) client.getService(reference);
    }

    @Test
    void aStaticMandatoryReferenceIsNeverBroken() throws Exception {
        Bundle old = provider("links", "1.0.0");
        Bundle next = provider("links", "2.0.0");
        old.start();
        consumer("consumer", "links").start();
        Supplier<List<String>> consumer = got();
        assertThat(consumer.get()).containsExactly("1.0.0", "resumed");

        container.exchange.open(new Incoming(
                Map.of(old.getBundleId(), next.getBundleId()),
                Set.of(),
                Set.of(),
                Map.of(next.getBundleId(), Set.of("links.Links"))));
        next.start();
        assertThat(container.exchange.warm()).isEmpty();
        container.exchange.switchOver();

        assertThat(consumer.get()).containsExactly("2.0.0");
        container.exchange.drop();
        old.uninstall();
        assertThat(consumer.get()).containsExactly("2.0.0");
        assertThat(got()).isSameAs(consumer);
    }

    @Test
    void aServiceThatIsNewWithTheSwitchSatisfiesAComponentThatWaitedForIt() throws Exception {
        Bundle fresh = provider("fresh", "1.0.0");
        consumer("consumer", "fresh").start();
        container.exchange.open(new Incoming(Map.of(), Set.of(fresh.getBundleId()), Set.of(), Map.of()));
        fresh.start();
        assertThat(got()).isNull();

        container.exchange.switchOver();

        assertThat(got().get()).containsExactly("1.0.0", "resumed");
    }

    @Test
    void whatServesIsStoppedByHandAndStartedAgainWhileTheOtherVersionIsWarm() throws Exception {
        Bundle old = provider("links", "1.0.0");
        Bundle next = provider("links", "2.0.0");
        old.start();
        container.bring(Map.of(old, next));
        container.exchange.switchOver();

        next.stop();
        next.start();

        assertThat(Container.link(client, "links").walk()).containsExactly("2.0.0", "resumed");
    }

    @Test
    void aStatefulComponentKeepsItsStateWhenNobodyUsesItAndWhenTheSwitchboardRestarts() throws Exception {
        provider("links", "1.0.0").start();
        ServiceReference<Link> reference = Container.reference(client, "links");
        assertThat(client.getService(reference).walk()).containsExactly("1.0.0", "resumed");
        client.ungetService(reference);

        container.exchange.close();
        container.switchboard();

        assertThat(Container.link(client, "links").walk()).containsExactly("1.0.0", "resumed");
    }
}
