// SPDX-License-Identifier: Apache-2.0
package io.theseus.samples.shop;

import org.osgi.annotation.versioning.ProviderType;

/** What things cost. Thread safety: safe for use by many threads. */
@ProviderType
public interface Pricing {
    /**
     * The price of a quantity of one item.
     *
     * @throws IllegalArgumentException if the quantity is below 1
     */
    long quote(String item, int quantity);

    /** The version of the application that answers. */
    String version();
}
