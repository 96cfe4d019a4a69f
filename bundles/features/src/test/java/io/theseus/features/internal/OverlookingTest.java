// SPDX-License-Identifier: Apache-2.0
package io.theseus.features.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.theseus.port.Requirements.Around;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.karaf.features.DeploymentEvent;
import org.eclipse.equinox.internal.region.StandardRegionDigraph;
import org.eclipse.equinox.region.Region;
import org.eclipse.equinox.region.RegionDigraph;
import org.eclipse.equinox.region.RegionDigraphVisitor;
import org.eclipse.equinox.region.RegionFilter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.osgi.framework.BundleException;

/** With the regions that Karaf has. */
class OverlookingTest {
    private final KarafRequirements requirements = new KarafRequirements();
    private final List<String> around = new ArrayList<>();
    private StandardRegionDigraph regions;

    @BeforeEach
    void installBundles() throws BundleException {
        regions = new StandardRegionDigraph(null, new ThreadLocal<>());
        Region root = regions.createRegion("root");
        for (long id = 0; id < 6; id++) {
            root.addBundle(id);
        }
        Region below = regions.createRegion("root/apps");
        below.addBundle(7);
        RegionFilter all = regions.createRegionFilterBuilder()
                .allowAll(RegionFilter.VISIBLE_ALL_NAMESPACE)
                .build();
        below.connectRegion(root, all);
    }

    private Around standing(String name) {
        return new Around() {
            @Override
            public void before() {
                around.add(name + " before");
            }

            @Override
            public void after() {
                around.add(name + " after");
            }
        };
    }

    private Set<Long> in(String region) {
        Region found = regions.getRegion(region);
        return found == null ? Set.of() : found.getBundleIds();
    }

    @Test
    void whatIsOverlookedIsInARegionOfItsOwnFromWhichAllIsSeen() {
        requirements.bindRegions(regions);

        requirements.overlook(Set.of(4L, 5L, 99L), Around.NOBODY);

        assertThat(in("root")).containsExactlyInAnyOrder(0L, 1L, 2L, 3L);
        assertThat(in("theseus")).containsExactlyInAnyOrder(4L, 5L);
        assertThat(in("root/apps")).containsExactly(7L);
        assertThat(sees("root", "theseus")).isTrue();
        assertThat(sees("theseus", "root")).isTrue();
        assertThat(sees("root/apps", "root")).isTrue();
    }

    private boolean sees(String one, String other) {
        return regions.getRegion(one).getEdges().stream()
                .filter(edge -> edge.getRegion().getName().equals(other))
                .anyMatch(edge -> edge.getFilter().getSharingPolicy().containsKey(RegionFilter.VISIBLE_ALL_NAMESPACE));
    }

    @Test
    void whatIsNotOverlookedAnyMoreIsBackAndTheRegionIsEmpty() {
        requirements.bindRegions(regions);
        requirements.overlook(Set.of(4L, 5L), Around.NOBODY);

        requirements.overlook(Set.of(5L), Around.NOBODY);
        assertThat(in("theseus")).containsExactly(5L);
        requirements.overlook(Set.of(), Around.NOBODY);

        assertThat(in("root")).containsExactlyInAnyOrder(0L, 1L, 2L, 3L, 4L, 5L);
        assertThat(in("theseus")).isEmpty();
    }

    @Test
    void aRegionThatAKillHasLeftIsEmptyWhenTheRegionsCome() throws BundleException {
        Region left = regions.createRegion("theseus");
        left.addBundle(20);

        requirements.bindRegions(regions);

        assertThat(in("theseus")).isEmpty();
        assertThat(in("root")).contains(20L);
    }

    @Test
    void regionsThatComeLaterAreArrangedThen() {
        requirements.overlook(Set.of(4L), Around.NOBODY);
        assertThat(in("theseus")).isEmpty();

        requirements.bindRegions(regions);

        assertThat(in("theseus")).containsExactly(4L);
    }

    @Test
    void theyStayAsTheyAreWhereNothingIsOverlooked() throws BundleException {
        RegionDigraph copy = regions.copy();

        requirements.bindRegions(regions);
        requirements.overlook(Set.of(), Around.NOBODY);

        regions.replace(copy);
        assertThat(in("root")).hasSize(6);
    }

    /** A look-up of a service finds the region of who asks, and goes on from there. */
    @Test
    void whoIsMovedSeesTheOthersAllTheTime() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        AtomicLong looks = new AtomicLong();
        CompletableFuture<Long> missed = CompletableFuture.supplyAsync(() -> {
            long none = 0;
            while (!done.get()) {
                none += seesAnother(regions.getRegion(4L)) ? 0 : 1;
                looks.incrementAndGet();
            }
            return none;
        });

        for (int i = 0; i < 5000 || looks.get() < 10_000; i++) {
            OwnRegion.hold(regions, i % 2 == 0 ? Set.of(4L, 5L) : Set.of());
        }
        done.set(true);

        assertThat(missed.get(10, TimeUnit.SECONDS)).isZero();
    }

    /** As the hooks of the regions do. */
    private static boolean seesAnother(@Nullable Region from) {
        if (from == null) {
            return false;
        }
        AtomicBoolean seen = new AtomicBoolean();
        from.visitSubgraph(new RegionDigraphVisitor() {
            @Override
            public boolean visit(Region region) {
                if (region.contains(1L)) {
                    seen.set(true);
                }
                return !seen.get();
            }

            @Override
            public boolean preEdgeTraverse(RegionFilter filter) {
                return true;
            }

            @Override
            public void postEdgeTraverse(RegionFilter filter) {}
        });
        return seen.get();
    }

    @Test
    void anOperationThatPutsTheRegionsBackIsCorrected() throws BundleException {
        FakeFeatures karaf = new FakeFeatures();
        requirements.bindFeatures(karaf.service());
        requirements.bindRegions(regions);
        RegionDigraph before = regions.copy();
        requirements.overlook(Set.of(4L), Around.NOBODY);
        OwnRegion.hold(regions, Set.of());
        assertThat(before.getRegion("theseus")).isNull();

        karaf.event(DeploymentEvent.DEPLOYMENT_FINISHED);

        assertThat(in("theseus")).containsExactly(4L);
    }

    @Test
    void somebodyStandsAroundTheStartsOfAnOperation() {
        FakeFeatures karaf = new FakeFeatures();
        requirements.bindFeatures(karaf.service());
        requirements.overlook(Set.of(), standing("a"));
        around.clear();

        for (DeploymentEvent event : DeploymentEvent.values()) {
            karaf.event(event);
        }
        assertThat(around).containsExactly("a after", "a before", "a after");

        requirements.overlook(Set.of(), standing("b"));
        assertThat(around).endsWith("a after");
        karaf.event(DeploymentEvent.BUNDLES_RESOLVED);
        assertThat(around).endsWith("b before");

        requirements.overlook(Set.of(), standing("c"));
        assertThat(around).endsWith("b after", "c before");

        requirements.unbindFeatures(karaf.service());
        karaf.event(DeploymentEvent.BUNDLES_RESOLVED);
        assertThat(around).endsWith("c before").hasSize(7);
    }
}
