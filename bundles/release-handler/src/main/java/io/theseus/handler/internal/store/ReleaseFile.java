// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal.store;

import io.theseus.release.BundleSpec;
import io.theseus.release.Features;
import io.theseus.release.Release;
import io.theseus.release.ReleaseId;
import io.theseus.release.StartType;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.osgi.framework.Version;

/** The text of {@code release.yaml}: a release file in which nothing is left open, digests included. */
final class ReleaseFile {
    private ReleaseFile() {}

    static String print(Release release) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("format", ReleasesFile.FORMAT);
        fields.put("release", release.id().name());
        fields.put("version", release.id().version().toString());
        release.features().ifPresent(features -> fields.put("features", print(features)));
        fields.put("bundles", release.bundles().stream().map(ReleaseFile::print).toList());
        return Json.page(fields);
    }

    /** @throws IllegalArgumentException if it is not what {@link #print} wrote */
    static Release read(String text) throws IOException {
        Fields fields = new Fields(Json.read(text));
        ReleasesFile.checkFormat(fields);
        List<BundleSpec> bundles =
                fields.objects("bundles").stream().map(ReleaseFile::bundle).toList();
        // Not written before releases knew it.
        Optional<Features> features = fields.values().containsKey("features")
                ? Optional.of(features(fields.object("features")))
                : Optional.empty();
        return new Release(
                new ReleaseId(fields.text("release"), Version.parseVersion(fields.text("version"))), bundles, features);
    }

    private static Map<String, Object> print(Features features) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("repository", features.repository());
        fields.put("roots", features.roots());
        fields.put("includes", features.includes());
        fields.put("repositories", features.repositories());
        if (!features.configurations().isEmpty()) {
            fields.put("configurations", new TreeMap<>(features.configurations()));
        }
        if (!features.files().isEmpty()) {
            fields.put("files", new TreeMap<>(features.files()));
        }
        return fields;
    }

    private static Features features(Fields fields) {
        return new Features(
                fields.text("repository"),
                fields.texts("roots"),
                texts(fields, "includes"),
                texts(fields, "repositories"),
                map(fields, "configurations"),
                map(fields, "files"));
    }

    // Not written where there are none.
    private static Map<String, String> map(Fields fields, String name) {
        Map<String, String> result = new TreeMap<>();
        if (fields.values().containsKey(name)) {
            Fields entries = fields.object(name);
            entries.values().keySet().forEach(key -> result.put(key, entries.text(key)));
        }
        return result;
    }

    // Not written before releases knew what their features need.
    private static List<String> texts(Fields fields, String name) {
        return fields.values().containsKey(name) ? fields.texts(name) : List.of();
    }

    private static Map<String, Object> print(BundleSpec bundle) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("symbolic_name", bundle.symbolicName());
        fields.put("version", bundle.version().toString());
        fields.put("location", bundle.location());
        fields.put("sha256", bundle.sha256());
        fields.put("start_level", bundle.startLevel());
        fields.put("role", bundle.role().name().toLowerCase(Locale.ROOT));
        fields.put("type", bundle.type().name().toLowerCase(Locale.ROOT));
        return fields;
    }

    private static BundleSpec bundle(Fields fields) {
        return new BundleSpec(
                fields.text("symbolic_name"),
                Version.parseVersion(fields.text("version")),
                fields.text("location"),
                fields.text("sha256"),
                (int) fields.number("start_level"),
                BundleSpec.Role.valueOf(fields.text("role").toUpperCase(Locale.ROOT)),
                StartType.valueOf(fields.text("type", "required").toUpperCase(Locale.ROOT)));
    }
}
