// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal.store;

import io.theseus.release.BundleSpec;
import io.theseus.release.Features;
import io.theseus.release.Release;
import java.net.URI;
import java.util.Iterator;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The text of a feature repository for a release that has none which Karaf can read: the first of its features has the
 * bundles, the others include it. Bundles and what else it brings are named by their files in the store, which are there as long as
 * the release is.
 */
final class FeaturesXml {
    private final StringBuilder text = new StringBuilder();
    private final Release release;
    private final Function<String, URI> bundle;
    private final Function<String, URI> file;

    private FeaturesXml(Release release, Function<String, URI> bundle, Function<String, URI> file) {
        this.release = release;
        this.bundle = bundle;
        this.file = file;
    }

    /**
     * @param bundle for a digest where the bundle with that digest is
     * @param file the same for another file
     */
    static String print(Release release, Features features, Function<String, URI> bundle, Function<String, URI> file) {
        return new FeaturesXml(release, bundle, file).print(features);
    }

    private String print(Features features) {
        line("<?xml version='1.0' encoding='UTF-8'?>");
        line("<!-- Written by Theseus, so that Karaf requires the release that is permanent. -->");
        line("<features name='" + release.id().name() + "-" + release.id().version()
                + "' xmlns='http://karaf.apache.org/xmlns/features/v1.6.0'>");
        features.repositories().forEach(url -> line("  <repository>" + escaped(url) + "</repository>"));
        Iterator<String> roots = features.roots().iterator();
        String first = roots.next();
        begin(first);
        features.includes().forEach(this::include);
        release.bundles().forEach(this::bundle);
        new TreeMap<>(features.configurations())
                .forEach((name, properties) ->
                        line("    <config name='" + escaped(name) + "'>\n" + escaped(properties) + "\n    </config>"));
        new TreeMap<>(features.files())
                .forEach((goes, sha256) -> line("    <configfile finalname='" + escaped(goes) + "'>"
                        + escaped(file.apply(sha256).toString()) + "</configfile>"));
        line("  </feature>");
        roots.forEachRemaining(root -> {
            begin(root);
            include(first);
            line("  </feature>");
        });
        line("</features>");
        return text.toString();
    }

    private void begin(String id) {
        String[] parts = id.split("/", 2);
        line("  <feature name='" + escaped(parts[0]) + "' version='" + escaped(parts[1]) + "'>");
    }

    private void include(String id) {
        String[] parts = id.split("/", 2);
        if (parts.length == 1) {
            line("    <feature>" + escaped(id) + "</feature>");
        } else {
            line("    <feature version='" + escaped(parts[1]) + "'>" + escaped(parts[0]) + "</feature>");
        }
    }

    private void bundle(BundleSpec spec) {
        String file = escaped(bundle.apply(spec.sha256()).toString());
        line("    <bundle start-level='" + spec.startLevel() + "' start='"
                + spec.type().starts() + "'>" + file + "</bundle>");
    }

    private void line(String line) {
        text.append(line).append('\n');
    }

    private static String escaped(String value) {
        return value.replace("&", "&amp;").replace("<", "&lt;").replace("'", "&apos;");
    }
}
