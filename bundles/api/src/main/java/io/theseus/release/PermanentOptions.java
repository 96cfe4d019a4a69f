// SPDX-License-Identifier: Apache-2.0
package io.theseus.release;

import io.theseus.release.ReleaseHandler.Purge;

/**
 * How to make a release permanent.
 *
 * @param purge soft refuses while calls are left in old code, brutal interrupts them
 * @param refresh wire bundles of no release anew that use a library which goes, and those that use them: they stop and start again.
 *     Without it they stay with its code
 */
public record PermanentOptions(Purge purge, boolean refresh) {
    /** Soft, nobody refreshed. */
    public static final PermanentOptions DEFAULT = new PermanentOptions(Purge.SOFT, false);

    public PermanentOptions purging(Purge how) {
        return new PermanentOptions(how, refresh);
    }

    public PermanentOptions refreshing() {
        return new PermanentOptions(purge, true);
    }
}
