// SPDX-License-Identifier: Apache-2.0
package io.theseus.switchboard.internal;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.theseus.api.ServiceSuspendedException;
import io.theseus.port.Switchboard.Incoming;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.felix.scr.info.ScrInfo;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import sample.api.Link;
import sample.app.DsLink;
import sample.app.EagerLink;

/** What is called while a release is prepared must not reach a component whose state is still with its predecessor, or gone. */
@Timeout(60)
class EarlyCallTest {
    private static final Duration LONG = Duration.ofSeconds(10);
    private static final String XML =
            "<scr:component xmlns:scr='http://www.osgi.org/xmlns/scr/v1.5.0' name='%s.Links' activate='activate' %s>"
                    + "<implementation class='%s'/><property name='name' value='%s'/>"
                    + "<service><provide interface='sample.api.Link'/>%s</service>%s</scr:component>";
    private static final String STATEFUL = "<provide interface='io.theseus.api.CodeChange'/>";

    private static final String SHARED =
            "sample.api,io.theseus.api;version=1.0,javax.servlet,org.slf4j;version=2.0,org.osgi.util.function;version=1.2,"
                    + "org.osgi.util.promise;version=1.2,org.osgi.service.component;version=1.5,"
                    + "org.osgi.service.component.runtime;version=1.5,org.osgi.service.component.runtime.dto;version=1.5";

    private Container container;
    private BundleContext client;
    private Bundle old;
    private Bundle next;

    @BeforeEach
    void start(@TempDir Path storage) throws Exception {
        container = new Container(storage, Map.of(Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA, SHARED));
        container.start(ScrInfo.class);
        container.switchboard();
        client = container.client();
        old = application("accounts", "1.0.0", DsLink.class, "", STATEFUL, "");
        next = application("accounts", "2.0.0", DsLink.class, "", STATEFUL, "");
        old.start();
    }

    @AfterEach
    void stop() throws Exception {
        container.close();
    }

    private Bundle application(
            String name, String version, Class<?> type, String attributes, String services, String references)
            throws Exception {
        String xml = XML.formatted(name, attributes, type.getName(), name, services, references);
        return container.install(
                name,
                version,
                Map.of("Service-Component", "OSGI-INF/c.xml"),
                Map.of("OSGI-INF/c.xml", xml, "OSGI-INF/appup.yaml", "version: " + version),
                DsLink.class,
                EagerLink.class,
                EagerLink.Stateful.class);
    }

    private Bundle eager(String version, String target, String attributes) throws Exception {
        return application("eager", version, EagerLink.class, attributes, "", reference(target));
    }

    private static String reference(String target) {
        return "<reference name='next' interface='sample.api.Link' bind='bind' target='(name=" + target + ")'/>";
    }

    private void open(Map<Bundle, Bundle> successors, Set<String> handovers, Bundle... added) {
        Map<Long, Long> ids = new HashMap<>();
        successors.forEach((from, to) -> ids.put(from.getBundleId(), to.getBundleId()));
        Set<Long> news = Stream.of(added).map(Bundle::getBundleId).collect(java.util.stream.Collectors.toSet());
        container.exchange.open(new Incoming(
                ids, news, Set.of(), handovers.isEmpty() ? Map.of() : Map.of(next.getBundleId(), handovers)));
    }

    private void ahead(Bundle... bundles) throws Exception {
        container.exchange.traffic().inOther(() -> {
            for (Bundle bundle : bundles) {
                bundle.start();
            }
            return true;
        });
    }

    private List<String> failures(Bundle bundle) {
        var reference = container.system().getServiceReference(ServiceComponentRuntime.class);
        ServiceComponentRuntime runtime = container.system().getService(reference);
        List<String> failures = new ArrayList<>();
        runtime.getComponentDescriptionDTOs(bundle).stream()
                .map(runtime::getComponentConfigurationDTOs)
                .flatMap(Collection::stream)
                .filter(component -> component.state == ComponentConfigurationDTO.FAILED_ACTIVATION)
                .forEach(component -> failures.add(component.failure));
        return failures;
    }

    private Link link(String name) throws Exception {
        return Container.link(client, name);
    }

    private void suspend(String... applications) {
        assertThat(container.exchange.suspend(Set.of(applications), LONG, LONG)).isEmpty();
    }

    @Test
    void anActivationThatCallsWhatWaitsForItsStateFails() throws Exception {
        Bundle eager = eager("1.0.0", "accounts", "immediate='true'");
        open(Map.of(old, next), Set.of("accounts.Links"), eager);

        ahead(next, eager);

        assertThat(failures(eager))
                .singleElement()
                .satisfies(text -> assertThat(text)
                        .contains(
                                "application accounts has not been handed its state yet",
                                "do not call it on activation"));
        assertThat(link("accounts").walk()).containsExactly("1.0.0", "resumed");
    }

    @Test
    void aComponentThatWarmingActivatesCallsTheIncomingGenerationToo() throws Exception {
        Bundle eager = eager("1.0.0", "accounts", "");
        Bundle later = eager("2.0.0", "accounts", "");
        eager.start();
        assertThat(link("eager").walk()).containsExactly("1.0.0", "resumed");
        open(Map.of(old, next, eager, later), Set.of("accounts.Links"));
        ahead(next, later);

        assertThat(container.exchange.warm())
                .singleElement()
                .satisfies(problem -> assertThat(problem.where()).isEqualTo("eager"));
        assertThat(failures(later))
                .singleElement()
                .satisfies(text -> assertThat(text).contains("application accounts has not been handed its state yet"));
        assertThat(link("accounts").walk()).containsExactly("1.0.0", "resumed");
    }

    @Test
    void aStatefulNewcomerWhoseResumeCallsWhatWaitsForItsStateIsAProblem() throws Exception {
        Bundle newcomer =
                application("newcomer", "1.0.0", EagerLink.Stateful.class, "", STATEFUL, reference("accounts"));
        open(Map.of(old, next), Set.of("accounts.Links"), newcomer);
        ahead(next, newcomer);

        assertThat(container.exchange.warm()).singleElement().satisfies(problem -> {
            assertThat(problem.where()).contains("newcomer");
            assertThat(problem.text()).contains("newcomer.Links", "application accounts has not been handed its state");
        });
    }

    @Test
    void anActivationMayCallWhatIsHandedNothing() throws Exception {
        Bundle eager = eager("1.0.0", "accounts", "immediate='true'");
        open(Map.of(old, next), Set.of(), eager);

        ahead(next, eager);

        assertThat(failures(eager)).isEmpty();
        assertThat(container.exchange.warm()).isEmpty();
        container.exchange.switchOver();
        assertThat(link("eager").walk()).containsExactly("2.0.0", "resumed");
    }

    @Test
    void aThreadThatResumeStartsIsServedWhenGatesAreOpen() throws Exception {
        open(Map.of(old, next), Set.of("accounts.Links"));
        ahead(next);
        assertThat(container.exchange.warm()).isEmpty();
        Link accounts = link("accounts");
        suspend("accounts");
        container.exchange.switchOver();

        CompletableFuture<List<String>> called = new CompletableFuture<>();
        Thread started = new Thread(() -> called.complete(accounts.walk()));
        started.start();
        await().atMost(10, SECONDS).until(() -> started.getState() == Thread.State.TIMED_WAITING);
        container.exchange.resume();

        assertThat(called.get(10, SECONDS)).containsExactly("2.0.0");
    }

    @Test
    void aCallThatBeganBeforeTheSwitchFindsTheStateGone() throws Exception {
        container.link("stranger", "1.0.0").start();
        open(Map.of(old, next), Set.of("accounts.Links"));
        ahead(next);
        Link accounts = link("accounts");

        assertThatThrownBy(() -> link("stranger").inside(() -> {
                    CompletableFuture.runAsync(this::handOver).join();
                    return accounts.walk();
                }))
                .isInstanceOf(ServiceSuspendedException.class)
                .hasMessageContaining("application accounts has given its state to the version that serves now");
        assertThat(accounts.walk()).containsExactly("2.0.0");
    }

    @Test
    void onTheWayBackTheSameHolds() throws Exception {
        container.link("stranger", "1.0.0").start();
        Bundle eager = eager("1.0.0", "accounts", "immediate='true'");
        open(Map.of(old, next), Set.of("accounts.Links"));
        ahead(next);
        handOver();
        Link accounts = link("accounts");

        ahead(eager);
        assertThat(failures(eager))
                .singleElement()
                .satisfies(text -> assertThat(text)
                        .contains("application accounts has given its state to the version that serves now"));
        assertThatThrownBy(() -> link("stranger").inside(() -> {
                    CompletableFuture.runAsync(this::handOver).join();
                    return accounts.walk();
                }))
                .isInstanceOf(ServiceSuspendedException.class);

        assertThat(accounts.walk()).containsExactly("1.0.0", "resumed");
    }

    @Test
    void aCallGoesOnInTheVersionItBeganInWhenNoStateIsHandedBack() throws Exception {
        container.link("stranger", "1.0.0").start();
        open(Map.of(old, next), Set.of("accounts.Links"));
        ahead(next);
        handOver();
        Link accounts = link("accounts");

        List<String> met = link("stranger").inside(() -> {
            container.exchange.switchOver();
            return accounts.walk();
        });

        assertThat(met).containsExactly("2.0.0");
        assertThat(accounts.walk()).containsExactly("1.0.0", "resumed");
    }

    private void handOver() {
        suspend("accounts");
        assertThat(container.exchange.switchOver().vetoedBy()).isEmpty();
        container.exchange.resume();
    }
}
