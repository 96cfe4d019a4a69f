// SPDX-License-Identifier: Apache-2.0
package io.theseus.switchboard.internal.service;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which services bundles listen for, roughly: a bundle that has ever listened for a type is taken to do so until it stops. To tell of a service
 * whom nobody listens for is, in Felix, a look at every listener all the same.
 *
 * <p>A bundle that begins to listen while this is asked misses nothing: it looks for what is there after it has begun.
 *
 * <p>Thread safety: safe for use by many threads.
 */
public final class Awaited {
    private static final Pattern TYPE =
            Pattern.compile("\\(\\s*objectClass\\s*=([^()*~<>\\\\]+)\\)", Pattern.CASE_INSENSITIVE);
    private static final String ANY = "*";

    private final Map<Long, Set<String>> types = new ConcurrentHashMap<>();

    /** @param filter null for all services */
    public void listens(long bundle, @Nullable String filter) {
        Set<String> of = types.computeIfAbsent(bundle, any -> ConcurrentHashMap.newKeySet());
        Matcher matcher = TYPE.matcher(filter == null ? "" : filter);
        boolean found = false;
        while (matcher.find()) {
            of.add(matcher.group(1).strip());
            found = true;
        }
        // What a negation or an alternative leaves over may be anything.
        if (!found || filter == null || filter.contains("!") || filter.contains("|")) {
            of.add(ANY);
        }
    }

    /** A bundle has stopped: its listeners are gone. */
    public void forget(long bundle) {
        types.remove(bundle);
    }

    /** Whether one of the bundles listens for a service under one of the names. */
    boolean by(Iterable<Long> bundles, String[] names) {
        for (Long bundle : bundles) {
            Set<String> of = types.getOrDefault(bundle, Set.of());
            if (of.contains(ANY)) {
                return true;
            }
            for (String name : names) {
                if (of.contains(name)) {
                    return true;
                }
            }
        }
        return false;
    }
}
