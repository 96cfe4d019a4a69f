// SPDX-License-Identifier: Apache-2.0
package io.theseus.features.internal;

import io.theseus.port.FeatureRules;
import io.theseus.port.FeatureRules.Ruled;
import io.theseus.port.FeatureRules.RuledBundle;
import io.theseus.release.Problem;
import io.theseus.release.RefusedException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.karaf.features.Blacklisting;
import org.apache.karaf.features.BundleInfo;
import org.apache.karaf.features.BundleInfo.BundleOverrideMode;
import org.apache.karaf.features.Conditional;
import org.apache.karaf.features.Dependency;
import org.apache.karaf.features.Feature;
import org.apache.karaf.features.FeaturesService;
import org.apache.karaf.features.Repository;
import org.jspecify.annotations.Nullable;

/** What Karaf's own rules make of a repository, which shows in its model of it. Thread safety: stateless. */
final class Rules {
    private Rules() {}

    static FeatureRules of(FeaturesService service, URI uri) {
        try {
            // It reads the repository and applies the rules. Nobody else learns of it.
            Repository repository = service.createRepository(uri);
            return new FeatureRules(
                    repository.isBlacklisted(),
                    Stream.of(repository.getFeatures()).map(Rules::of).toList());
        } catch (Exception e) {
            throw new RefusedException(
                    Problem.of("karaf-features", uri.toString(), "Karaf can not read it: " + reason(e))
                            .withHint("mend the file, so that feature:repo-add takes it"));
        }
    }

    /** Karaf puts what the parser says behind sentences of its own. */
    private static String reason(Throwable e) {
        @Nullable Throwable cause = e.getCause();
        return cause == null
                ? String.valueOf(e.getMessage()).lines().findFirst().orElse("").strip()
                : reason(cause);
    }

    private static Ruled of(Feature feature) {
        return new Ruled(
                feature.isBlacklisted(),
                // One that comes from the rules comes from no repository.
                Optional.ofNullable(feature.getRepositoryUrl()).isEmpty(),
                bundles(feature.getBundles()),
                included(feature.getDependencies()),
                feature.getConditional().stream().map(Rules::of).toList());
    }

    private static Ruled of(Conditional conditional) {
        return new Ruled(
                conditional.isBlacklisted(),
                false,
                bundles(conditional.getBundles()),
                included(conditional.getDependencies()),
                List.of());
    }

    private static List<Boolean> included(List<Dependency> features) {
        return features.stream().map(Blacklisting::isBlacklisted).toList();
    }

    private static List<RuledBundle> bundles(List<BundleInfo> bundles) {
        return bundles.stream().map(Rules::of).toList();
    }

    private static RuledBundle of(BundleInfo bundle) {
        BundleOverrideMode mode = bundle.isOverriden();
        return new RuledBundle(
                (mode == BundleOverrideMode.NONE ? bundle.getLocation() : bundle.getOriginalLocation()).strip(),
                bundle.getLocation().strip(),
                mode == BundleOverrideMode.OSGI,
                bundle.isBlacklisted(),
                bundle.isDependency(),
                bundle.isStart(),
                bundle.getStartLevel());
    }
}
