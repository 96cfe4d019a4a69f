// SPDX-License-Identifier: Apache-2.0
package io.theseus.framework.internal;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A configuration that a release has changed.
 *
 * @param owner the release
 * @param existed whether it was there before
 * @param content of its file before, a character a byte; empty when it had none
 * @param before its properties before
 * @param after its properties then
 */
record ChangedConfiguration(
        String owner,
        String pid,
        boolean existed,
        Optional<String> content,
        Map<String, Object> before,
        Map<String, Object> after)
        implements Changed {
    ChangedConfiguration {
        before = Map.copyOf(before);
        after = Map.copyOf(after);
    }

    @Override
    public String what() {
        return "the configuration " + pid;
    }

    /** Whether nobody has changed it since. */
    boolean untouched(Map<String, Object> now) {
        return now.keySet().equals(after.keySet())
                && now.keySet().stream().allMatch(key -> same(now.get(key), after.get(key)));
    }

    /**
     * What it is when the change is taken back and what others changed since stays. It keeps its file: that would go on with
     * the values of the release otherwise.
     */
    Map<String, Object> restored(Map<String, Object> now) {
        Map<String, Object> result = new HashMap<>(now);
        after.forEach((key, value) -> {
            if (same(now.get(key), value) && !key.equals(ConfigurationFile.NAME)) {
                result.remove(key);
                Optional.ofNullable(before.get(key)).ifPresent(old -> result.put(key, old));
            }
        });
        before.forEach((key, value) -> {
            if (!after.containsKey(key)) {
                result.putIfAbsent(key, value);
            }
        });
        return result;
    }

    // A value that went through a file of strings is a string now.
    private static boolean same(
            @org.jspecify.annotations.Nullable Object a, @org.jspecify.annotations.Nullable Object b) {
        return Objects.deepEquals(a, b) || (a != null && String.valueOf(a).equals(String.valueOf(b)));
    }
}
