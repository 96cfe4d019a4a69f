// SPDX-License-Identifier: Apache-2.0
package io.theseus.port;

import org.osgi.annotation.versioning.ProviderType;

/**
 * What belongs to a bundle by id or location and must follow its application to another version: the data area and the
 * configurations bound to its location, factory configurations too.
 *
 * <p>Life of a succession: {@link #share}, then {@link #settle} or {@link #giveBack}. Each may be called again after a
 * failure. What is shared but not settled when the JVM ends is given back by {@link #recover} at the next start: shares are
 * recorded on disk outside {@code data/cache} before they are made. Thread safety: called by one thread at a time.
 */
@ProviderType
public interface Belongings {
    /**
     * Lets both versions have them: copies the data area to the newer bundle, opens configurations bound to the older
     * bundle's location to both. Called before the newer bundle is started, and again while the application is suspended, to
     * bring what was written meanwhile.
     *
     * @throws io.theseus.release.RefusedException {@code belongings} when data can not be copied (no room, say); nothing is changed then
     */
    void share(long from, long to);

    /**
     * Gives the older bundle the data that the newer one wrote: the older one goes on. Both have them still; a later {@link #giveBack}
     * brings no data again. Called while the application is quiet.
     *
     * @throws io.theseus.release.RefusedException {@code belongings} when data can not be copied
     */
    void bringBack(long from, long to);

    /** The newer bundle keeps them alone. */
    void settle(long from, long to);

    /**
     * The older bundle has them alone again.
     *
     * @param written whether to bring back what the newer bundle wrote to its data area: yes for a rollback, no for a failure
     */
    void giveBack(long from, long to, boolean written);

    /** Gives back what a former run of the JVM shared and did not settle. */
    void recover();
}
