// SPDX-License-Identifier: Apache-2.0
package io.theseus.release;

import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/** The feature repositories that Karaf knows ({@code feature:repo-list}). Thread safety: safe for use by many threads. */
@ProviderType
public interface FeatureRepositories {
    /**
     * The URL of each repository that has a name.
     *
     * @throws RefusedException {@code karaf-features}
     */
    Map<String, String> known();
}
