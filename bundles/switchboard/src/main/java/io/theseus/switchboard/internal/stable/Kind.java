// SPDX-License-Identifier: Apache-2.0
package io.theseus.switchboard.internal.stable;

import java.lang.reflect.Method;
import java.util.Map;
import java.util.Set;

/** What a generated method does beside passing the call on. */
enum Kind {
    PLAIN,
    /** Answers something that may complete later. */
    ASYNC,
    /** The container begins the life of a servlet, filter or context listener. */
    BEGIN,
    /** The container ends it. */
    END,
    /** A request, which may go on asynchronously. */
    REQUEST;

    private static final Map<String, Kind> WEB = Map.of(
            "javax.servlet.Servlet.init", BEGIN,
            "javax.servlet.Servlet.service", REQUEST,
            "javax.servlet.Servlet.destroy", END,
            "javax.servlet.Filter.init", BEGIN,
            "javax.servlet.Filter.doFilter", REQUEST,
            "javax.servlet.Filter.destroy", END,
            "javax.servlet.ServletContextListener.contextInitialized", BEGIN,
            "javax.servlet.ServletContextListener.contextDestroyed", END);

    private static final Set<String> LATER = Set.of(
            "java.util.concurrent.CompletionStage",
            "java.util.concurrent.CompletableFuture",
            "org.osgi.util.promise.Promise");

    static Kind of(Method method) {
        Kind web = WEB.get(method.getDeclaringClass().getName() + "." + method.getName());
        if (web != null) {
            return web;
        }
        return LATER.contains(method.getReturnType().getName()) ? ASYNC : PLAIN;
    }
}
