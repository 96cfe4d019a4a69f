// SPDX-License-Identifier: Apache-2.0
package io.theseus.port;

import io.theseus.api.CodeChange;
import io.theseus.api.UpgradeAction;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** The components of a bundle that take part in upgrades. Thread safety: safe for use by many threads. */
@ProviderType
public interface Components {
    /** Names of the components registered under {@link CodeChange}: component.name, or the class name for other services. */
    List<String> stateful(long bundle);

    /** How many stateful components of a name are active: more than one when factory configurations make them. */
    int instances(long bundle, String component);

    /** A stateful component by {@code component.name}; empty if the bundle has none of that name active. */
    Optional<CodeChange<?>> codeChange(long bundle, String component);

    /**
     * Stateful components that their runtime makes anew when a configuration changes, since they have no method for that: their state
     * is gone then.
     *
     * @param pid of the configuration, or {@code factoryPid~name}
     */
    List<String> renewed(long bundle, String pid);

    /** An action by {@link UpgradeAction#NAME}. */
    Optional<UpgradeAction> action(long bundle, String name);
}
