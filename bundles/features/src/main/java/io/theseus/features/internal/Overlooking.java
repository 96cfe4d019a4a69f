// SPDX-License-Identifier: Apache-2.0
package io.theseus.features.internal;

import io.theseus.port.Requirements.Around;
import java.util.Optional;
import java.util.Set;
import org.apache.karaf.features.DeploymentEvent;
import org.apache.karaf.features.DeploymentListener;
import org.eclipse.equinox.region.RegionDigraph;
import org.osgi.framework.BundleException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What Karaf's operations leave alone: bundles that they do not count, and bundles that they do not start. An operation that was under way
 * puts the regions back as it found them, so they are looked at again behind each.
 *
 * <p>Thread safety: safe for use by many threads.
 */
final class Overlooking implements DeploymentListener {
    private static final Logger LOG = LoggerFactory.getLogger(Overlooking.class);
    private Optional<RegionDigraph> regions = Optional.empty();
    private Set<Long> incoming = Set.of();
    private Around stopped = Around.NOBODY;
    /** Whether an operation starts bundles. */
    private boolean starting;

    synchronized void overlook(Set<Long> next, Around around) {
        Around former = stopped;
        incoming = Set.copyOf(next);
        stopped = around;
        arrange();
        former.after();
        if (starting) {
            around.before();
        }
    }

    synchronized void come(RegionDigraph next) {
        regions = Optional.of(next);
        arrange();
    }

    synchronized void go(RegionDigraph former) {
        regions = regions.filter(current -> current != former);
    }

    @Override
    public synchronized void deploymentEvent(DeploymentEvent event) {
        switch (event) {
            case BUNDLES_RESOLVED -> {
                starting = true;
                stopped.before();
            }
            case DEPLOYMENT_FINISHED -> {
                ended();
                arrange();
            }
            // One that fails has no end that is told: it is seen at the next one.
            case DEPLOYMENT_STARTED -> ended();
            case BUNDLES_INSTALLED -> {}
        }
    }

    private void ended() {
        starting = false;
        stopped.after();
    }

    private void arrange() {
        if (regions.isPresent()) {
            try {
                OwnRegion.hold(regions.get(), incoming);
            } catch (BundleException e) {
                LOG.warn("Karaf's feature operations see what bakes: {}", e.getMessage());
            }
        }
    }
}
