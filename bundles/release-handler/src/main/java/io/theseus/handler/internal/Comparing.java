// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal;

import io.theseus.handler.internal.store.Sha256;
import io.theseus.handler.internal.store.Whole;
import io.theseus.release.BundleSpec;
import io.theseus.release.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * In what a release that was read differs from the one that is known under its id. Where something was read from is no matter, nor in
 * which order. Pure.
 */
final class Comparing {
    private static final String DIGEST = "SHA-256";

    private Comparing() {}

    /** One for each part that differs, with what of it does; none: it is the same release. */
    static List<Problem> differences(Whole known, Whole read) {
        Map<String, Map<String, String>> before = parts(known);
        Map<String, Map<String, String>> after = parts(read);
        Set<String> all = new TreeSet<>(before.keySet());
        all.addAll(after.keySet());
        List<Problem> differences = new ArrayList<>();
        for (String part : all) {
            Map<String, String> old = before.get(part);
            Map<String, String> next = after.get(part);
            if (old == null || next == null) {
                differences.add(difference(part, old == null ? "is not in the known one" : "is only in the known one"));
            } else if (!old.equals(next)) {
                differences.add(
                        difference(part, "has " + beside(next, old) + "; the known one has " + beside(old, next)));
            }
        }
        return differences;
    }

    private static Problem difference(String part, String text) {
        return Problem.of("existing-release", part, text);
    }

    /** What of it is not so in the other. */
    private static String beside(Map<String, String> part, Map<String, String> other) {
        return part.entrySet().stream()
                .filter(each -> !each.getValue().equals(other.get(each.getKey())))
                .map(each -> each.getKey() + " " + each.getValue())
                .collect(Collectors.joining(", "));
    }

    private static Map<String, Map<String, String>> parts(Whole whole) {
        Map<String, Map<String, String>> parts = new LinkedHashMap<>();
        whole.release().bundles().forEach(bundle -> parts.put("bundle " + bundle.symbolicName(), bundle(bundle)));
        whole.appups().forEach((name, text) -> parts.put("appup of " + name, text(text)));
        whole.relup().ifPresent(text -> parts.put("relup", text(text)));
        whole.release().features().ifPresent(features -> {
            features.roots().forEach(id -> parts.put("feature " + id, Map.of()));
            features.includes().forEach(id -> parts.put("required feature " + id, Map.of()));
            features.configurations().forEach((pid, text) -> parts.put("configuration " + pid, text(text)));
            features.files().forEach((name, digest) -> parts.put("file " + name, Map.of(DIGEST, digest)));
        });
        return parts;
    }

    private static Map<String, String> bundle(BundleSpec bundle) {
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("version", bundle.version().toString());
        parts.put(DIGEST, bundle.sha256().isEmpty() ? "unknown" : bundle.sha256());
        parts.put("start level", Integer.toString(bundle.startLevel()));
        parts.put("role", bundle.role().name().toLowerCase(Locale.ROOT));
        parts.put("type", bundle.type().name().toLowerCase(Locale.ROOT));
        return parts;
    }

    private static Map<String, String> text(String text) {
        return Map.of(DIGEST, Sha256.of(text));
    }
}
