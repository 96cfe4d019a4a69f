// SPDX-License-Identifier: Apache-2.0
package io.theseus.switchboard.internal.web;

import io.theseus.switchboard.internal.call.Hold;
import io.theseus.switchboard.internal.call.Pin;
import io.theseus.switchboard.internal.service.Life;
import java.util.Enumeration;
import java.util.Map;
import javax.servlet.Servlet;
import javax.servlet.ServletConfig;
import javax.servlet.ServletContext;
import javax.servlet.ServletException;
import org.jspecify.annotations.Nullable;

/** The life of a servlet. */
public final class ServletLife implements Life {
    @Override
    public void begin(Object target, Object argument, Map<String, Object> properties) throws ServletException {
        ((Servlet) target).init(new Config((ServletConfig) argument, new InitParameters(properties, "servlet.init.")));
    }

    @Override
    public void end(Object target, Object argument) {
        ((Servlet) target).destroy();
    }

    @Override
    public @Nullable Pin redispatched(Object request) {
        return AsyncRequests.redispatched(request);
    }

    @Override
    public void after(Object request, Hold.Taker taker) {
        AsyncRequests.after(request, taker);
    }

    private record Config(ServletConfig container, InitParameters parameters) implements ServletConfig {
        @Override
        public String getServletName() {
            return container.getServletName();
        }

        @Override
        public ServletContext getServletContext() {
            return container.getServletContext();
        }

        @Override
        public @Nullable String getInitParameter(String name) {
            return parameters.get(name);
        }

        @Override
        public Enumeration<String> getInitParameterNames() {
            return parameters.names();
        }
    }
}
