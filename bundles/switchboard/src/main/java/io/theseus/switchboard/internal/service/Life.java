// SPDX-License-Identifier: Apache-2.0
package io.theseus.switchboard.internal.service;

import io.theseus.switchboard.internal.call.Hold;
import io.theseus.switchboard.internal.call.Pin;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The life cycle that a container leads with a whiteboard service. The implementations know the servlet API; they are
 * made beside the generated class, whose loader sees the servlet API of the interface.
 */
public interface Life {
    /**
     * Begins the life of a target.
     *
     * @param argument what the container passed to the stable service
     * @param properties of the raw service: its initial parameters are among them
     */
    void begin(Object target, Object argument, Map<String, Object> properties) throws Exception;

    /** Ends the life of a target. */
    void end(Object target, Object argument) throws Exception;

    /** The pin an asynchronous request left with its re-dispatch. */
    @Nullable
    Pin redispatched(Object request);

    /** Takes a hold if the request goes on asynchronously. */
    void after(Object request, Hold.Taker taker);
}
