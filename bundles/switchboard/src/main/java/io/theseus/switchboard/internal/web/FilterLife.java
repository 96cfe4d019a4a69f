// SPDX-License-Identifier: Apache-2.0
package io.theseus.switchboard.internal.web;

import io.theseus.switchboard.internal.call.Hold;
import io.theseus.switchboard.internal.call.Pin;
import io.theseus.switchboard.internal.service.Life;
import java.util.Enumeration;
import java.util.Map;
import javax.servlet.Filter;
import javax.servlet.FilterConfig;
import javax.servlet.ServletContext;
import javax.servlet.ServletException;
import org.jspecify.annotations.Nullable;

/** The life of a filter. */
public final class FilterLife implements Life {
    @Override
    public void begin(Object target, Object argument, Map<String, Object> properties) throws ServletException {
        ((Filter) target).init(new Config((FilterConfig) argument, new InitParameters(properties, "filter.init.")));
    }

    @Override
    public void end(Object target, Object argument) {
        ((Filter) target).destroy();
    }

    @Override
    public @Nullable Pin redispatched(Object request) {
        return AsyncRequests.redispatched(request);
    }

    @Override
    public void after(Object request, Hold.Taker taker) {
        AsyncRequests.after(request, taker);
    }

    private record Config(FilterConfig container, InitParameters parameters) implements FilterConfig {
        @Override
        public String getFilterName() {
            return container.getFilterName();
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
