// SPDX-License-Identifier: Apache-2.0
package io.theseus.switchboard.internal.service;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which interfaces have a life cycle, and the class that leads it. Names only: nothing here loads the servlet API. */
final class WebLife {
    private static final String WEB = "io.theseus.switchboard.internal.web.";
    private static final Map<String, String> LIVES = Map.of(
            "javax.servlet.Servlet", WEB + "ServletLife",
            "javax.servlet.Filter", WEB + "FilterLife",
            "javax.servlet.ServletContextListener", WEB + "ContextListenerLife");

    private WebLife() {}

    /** Whether one of the names has one. */
    static boolean among(Collection<String> names) {
        return names.stream().anyMatch(LIVES::containsKey);
    }

    static @Nullable String of(List<Class<?>> types) {
        for (Class<?> type : types) {
            String life = LIVES.get(type.getName());
            if (life != null) {
                return life;
            }
        }
        return null;
    }
}
