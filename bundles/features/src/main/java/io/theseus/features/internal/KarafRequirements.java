// SPDX-License-Identifier: Apache-2.0
package io.theseus.features.internal;

import io.theseus.port.FeatureRules;
import io.theseus.port.Requirements;
import io.theseus.release.FeatureRepositories;
import io.theseus.release.Features;
import io.theseus.release.Problem;
import io.theseus.release.RefusedException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.karaf.features.BootFinished;
import org.apache.karaf.features.FeaturesService;
import org.apache.karaf.features.Repository;
import org.eclipse.equinox.region.RegionDigraph;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * Karaf's feature service behind the port. There before Karaf's own services are, and when they are gone: nobody has to start anew
 * because of them.
 */
@Component(service = {Requirements.class, FeatureRepositories.class})
public final class KarafRequirements implements Requirements, FeatureRepositories {
    private final OneAtATime calls = new OneAtATime();

    private final Overlooking overlooking = new Overlooking();

    volatile @Nullable FeaturesService features;

    /** Karaf registers it when the boot features are installed. */
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable BootFinished bootFinished;

    /** Goes with what Karaf knows. Set before it is used. */
    Path folder = Path.of(System.getProperty("karaf.data", "data"), "theseus");

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindFeatures(FeaturesService service) {
        features = service;
        service.registerListener(overlooking);
    }

    void unbindFeatures(FeaturesService service) {
        service.unregisterListener(overlooking);
        if (features == service) {
            features = null;
        }
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindRegions(RegionDigraph regions) {
        overlooking.come(regions);
    }

    void unbindRegions(RegionDigraph regions) {
        overlooking.go(regions);
    }

    @Deactivate
    void close() {
        calls.close();
    }

    @Override
    public boolean settled() {
        return features != null && bootFinished != null;
    }

    @Override
    public boolean require(Features wanted, Set<String> former, Duration limit) {
        Requiring requiring = new Requiring(service(), folder);
        return calls.call(() -> requiring.require(wanted, former), limit);
    }

    @Override
    public boolean revise(Map<String, Optional<String>> instead, String qualifier, Duration limit) {
        FeaturesService service = service();
        Revising revising = new Revising(service, new Requiring(service, folder), folder);
        return calls.call(() -> revising.revise(instead, qualifier), limit);
    }

    @Override
    public Map<String, String> bringing(Set<String> locations, Duration limit) {
        Requiring requiring = new Requiring(service(), folder);
        return calls.call(() -> requiring.bringing(locations), limit);
    }

    @Override
    public Set<String> installed(Duration limit) {
        Requiring requiring = new Requiring(service(), folder);
        return calls.call(requiring::installed, limit);
    }

    /** Asks Karaf beside its operations, which it need not wait for. */
    @Override
    public FeatureRules rules(URI repository) {
        return Rules.of(service(), repository);
    }

    @Override
    public void overlook(Set<Long> incoming, Around stopped) {
        overlooking.overlook(incoming, stopped);
    }

    /** Reads those that Karaf has not read yet, so it may take some time. */
    @Override
    public Map<String, String> known() {
        Map<String, String> result = new TreeMap<>();
        try {
            for (Repository repository : service().listRepositories()) {
                if (repository.getName() != null) {
                    result.put(repository.getName(), repository.getURI().toString());
                }
            }
        } catch (Exception e) {
            throw OneAtATime.refused(e);
        }
        return result;
    }

    private FeaturesService service() {
        FeaturesService service = features;
        if (service == null) {
            throw new RefusedException(Problem.of("karaf-features", "", "there is no feature service"));
        }
        return service;
    }
}
