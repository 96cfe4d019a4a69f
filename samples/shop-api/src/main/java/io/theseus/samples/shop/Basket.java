// SPDX-License-Identifier: Apache-2.0
package io.theseus.samples.shop;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** Things somebody is about to buy. Thread safety: safe for use by many threads. */
@ProviderType
public interface Basket {
    /** Adds up what a basket costs, with delivery, and looks up what its owner has. */
    Filled fill(String account, List<Line> lines);

    /** The version of the application that answers. */
    String version();

    /** A quantity of one item. */
    record Line(String item, int quantity) {}

    /**
     * A basket, added up.
     *
     * @param cents what it costs
     * @param balance what the account has
     * @param versions the version of every application that took part, in the order of the calls
     */
    record Filled(long cents, long balance, List<String> versions) {
        public Filled {
            versions = List.copyOf(versions);
        }
    }
}
