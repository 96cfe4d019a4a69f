// SPDX-License-Identifier: Apache-2.0
package io.theseus.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.inject.Inject;
import org.apache.karaf.features.FeaturesService;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.framework.wiring.BundleWiring;

/** Somebody who runs a stock Karaf adds Theseus to it: nothing that runs there may notice. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class InstallsIntoStockKarafTest {
    @Inject
    BundleContext context;

    @Inject
    FeaturesService features;

    @Configuration
    public Option[] stockKaraf() {
        return StockKaraf.options();
    }

    @Test
    public void refreshesNoBundleThatWasThereBefore() throws Exception {
        Map<Long, Picture> before = pictures();
        List<String> disturbed = new ArrayList<>();
        SynchronousBundleListener listener = event -> {
            if (before.containsKey(event.getBundle().getBundleId())
                    && (event.getType() & (BundleEvent.STOPPING | BundleEvent.UNRESOLVED | BundleEvent.UPDATED)) != 0) {
                disturbed.add(event.getBundle().getSymbolicName() + ": event " + event.getType());
            }
        };
        context.addBundleListener(listener);

        features.addRepository(URI.create(System.getProperty("theseus.features")));
        features.installFeature("theseus");

        context.removeBundleListener(listener);
        Map<Long, Picture> after = pictures();
        after.keySet().retainAll(before.keySet());
        assertEquals(before, after);
        assertTrue("disturbed: " + disturbed, disturbed.isEmpty());
        assertTrue(features.isInstalled(features.getFeature("theseus")));
        List<Bundle> theseus = Arrays.stream(context.getBundles())
                .filter(bundle -> bundle.getSymbolicName().startsWith("io.theseus."))
                .toList();
        assertFalse(theseus.isEmpty());
        for (Bundle bundle : theseus) {
            assertEquals(bundle.getSymbolicName(), Bundle.ACTIVE, bundle.getState());
        }
    }

    private Map<Long, Picture> pictures() {
        Map<Long, Picture> all = new TreeMap<>();
        for (Bundle bundle : context.getBundles()) {
            all.put(bundle.getBundleId(), Picture.of(bundle));
        }
        return all;
    }

    /** What a refresh would change: a refreshed bundle has another wiring object, even when its wires are the same. */
    private record Picture(String name, long lastModified, int state, int wiring, List<String> wires) {
        static Picture of(Bundle bundle) {
            BundleWiring wiring = bundle.adapt(BundleWiring.class);
            List<String> wires = wiring == null
                    ? List.of()
                    : wiring.getRequiredWires(null).stream()
                            .map(Object::toString)
                            .sorted()
                            .collect(Collectors.toList());
            return new Picture(
                    bundle.getSymbolicName() + "/" + bundle.getVersion(),
                    bundle.getLastModified(),
                    bundle.getState(),
                    System.identityHashCode(wiring),
                    wires);
        }
    }
}
