// SPDX-License-Identifier: Apache-2.0
package io.theseus.switchboard.internal.web;

import io.theseus.switchboard.internal.call.Hold;
import io.theseus.switchboard.internal.call.Pin;
import io.theseus.switchboard.internal.service.Life;
import java.util.Map;
import javax.servlet.ServletContextEvent;
import javax.servlet.ServletContextListener;
import org.jspecify.annotations.Nullable;

/** The life of a listener to a servlet context. */
public final class ContextListenerLife implements Life {
    @Override
    public void begin(Object target, Object argument, Map<String, Object> properties) {
        ((ServletContextListener) target).contextInitialized((ServletContextEvent) argument);
    }

    @Override
    public void end(Object target, Object argument) {
        ((ServletContextListener) target).contextDestroyed((ServletContextEvent) argument);
    }

    @Override
    public @Nullable Pin redispatched(Object request) {
        return null;
    }

    @Override
    public void after(Object request, Hold.Taker taker) {}
}
