// SPDX-License-Identifier: Apache-2.0
package io.theseus.framework.internal;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Who may call into whom. Pure: decides from facts that {@link SnapshotTaker} collected. */
final class CallerEdges {
    private static final long SYSTEM_BUNDLE = 0;

    private CallerEdges() {}

    /**
     * One registered service.
     *
     * @param registrar the bundle that registered it
     * @param application for a stable service the application behind it
     * @param users the bundles that use it
     */
    record ServiceUse(long registrar, Optional<String> application, Set<Long> users) {
        ServiceUse {
            users = Set.copyOf(users);
        }
    }

    /**
     * @param packageUsers for a bundle those wired to it
     * @param named bundles by symbolic name
     * @param own Theseus' own bundles: they pass calls on but make none, and nobody waits for them
     * @return for a bundle those that may call into it; no entry for a bundle without callers
     */
    static Map<Long, Set<Long>> callers(
            List<ServiceUse> services, Map<Long, Set<Long>> packageUsers, Map<String, Set<Long>> named, Set<Long> own) {
        Map<Long, Set<Long>> callers = new HashMap<>();
        for (ServiceUse service : services) {
            Set<Long> behind = service.application()
                    .map(application -> named.getOrDefault(application, Set.of()))
                    .orElse(Set.of(service.registrar()));
            behind.forEach(provider -> add(callers, provider, service.users(), own));
        }
        packageUsers.forEach((provider, users) -> add(callers, provider, users, own));
        return callers;
    }

    private static void add(Map<Long, Set<Long>> callers, long provider, Set<Long> users, Set<Long> own) {
        if (provider == SYSTEM_BUNDLE || own.contains(provider)) {
            return;
        }
        for (long user : users) {
            if (user != SYSTEM_BUNDLE && user != provider && !own.contains(user)) {
                callers.computeIfAbsent(provider, any -> new HashSet<>()).add(user);
            }
        }
    }
}
