// SPDX-License-Identifier: Apache-2.0
package io.theseus.samples.shop;

import org.osgi.annotation.versioning.ProviderType;

/** The books of the shop: accounts and what was posted to them. Thread safety: safe for use by many threads. */
@ProviderType
public interface Ledger {
    /**
     * Adds to an account, which comes into being with its first posting.
     *
     * @return the balance of the account after this posting
     */
    long post(String account, long cents);

    /** The balance of an account; 0 for one that nothing was posted to. */
    long balance(String account);

    /** Everything together. Exact while nothing is being posted. */
    Total total();

    /** The version of the application that answers. */
    String version();

    /**
     * The sum of the books.
     *
     * @param accounts number of accounts
     * @param postings number of postings ever made
     * @param cents the sum of all balances
     * @param batches number of batches closed so far
     */
    record Total(long accounts, long postings, long cents, long batches) {}
}
