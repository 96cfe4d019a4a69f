// SPDX-License-Identifier: Apache-2.0
package io.theseus.api;

import java.util.Map;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A step of the application's own in a release upgrade: the appup instruction {@code apply}. Registered as a service whose
 * property {@value #NAME} is the name used in the appup. On the way up the service of the new version is called, on the
 * way down that of the old (higher) version.
 *
 * <p>Thread safety: called on one thread at a time.
 */
@ConsumerType
public interface UpgradeAction {
    /** Service property: the name by which an appup refers to the action. */
    String NAME = "theseus.action";

    /**
     * Does the step.
     *
     * @param args the {@code args} of the appup, empty when it has none
     * @return how to take it back; {@link Undo#NOTHING} when there is nothing to take back
     * @throws Exception undoes the upgrade
     */
    Undo perform(Change change, Map<String, Object> args) throws Exception;

    /** Takes an action back. */
    @FunctionalInterface
    interface Undo {
        /** There is nothing to take back. */
        Undo NOTHING = () -> {};

        /**
         * Takes it back.
         *
         * @throws Exception is reported; the undo of the other steps goes on
         */
        void undo() throws Exception;
    }
}
