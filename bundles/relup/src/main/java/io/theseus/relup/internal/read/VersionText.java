// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup.internal.read;

import io.theseus.relup.Appup;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.osgi.framework.Version;
import org.osgi.framework.VersionRange;

/** Versions and sets of versions as people write them. */
final class VersionText {
    private static final String EXAMPLE = "write a version as 1.2.0, or a range as \"[1.2,2)\"";
    private static final Pattern REGULAR_EXPRESSION = Pattern.compile(".*(\\\\|[*+?^$|{}]|\\.\\.|\\[[0-9]-).*");
    private static final Pattern MAVEN = Pattern.compile("(\\d+)(\\.\\d+)?(\\.\\d+)?(?:[.-]([0-9A-Za-z_.-]+))?");

    private VersionText() {}

    static Optional<Version> version(Yaml.Scalar scalar, Problems problems) {
        try {
            return Optional.of(Version.parseVersion(scalar.text()));
        } catch (IllegalArgumentException e) {
            problems.add(
                    scalar.place(), "'" + scalar.text() + "' is no version", "write it as 1.2.0 or 1.2.0.qualifier");
            return Optional.empty();
        }
    }

    /** An OSGi version, or what Maven calls one: {@code 1.0-SNAPSHOT} is {@code 1.0.0.SNAPSHOT}. */
    static Optional<Version> cleaned(String text) {
        Matcher m = MAVEN.matcher(text.strip());
        if (!m.matches()) {
            return Optional.empty();
        }
        String qualifier = m.group(4) == null ? "" : "." + m.group(4).replace('.', '_');
        String minor = m.group(2) == null ? ".0" : m.group(2);
        String micro = m.group(3) == null ? ".0" : m.group(3);
        try {
            return Optional.of(Version.parseVersion(m.group(1) + minor + micro + qualifier));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The {@code from} or {@code to} of an appup. */
    static Optional<Appup.Versions> versions(Yaml yaml, Problems problems) {
        if (yaml instanceof Yaml.Sequence) {
            problems.add(yaml.place(), "this is a list to YAML", "a version range must be in quotes, as \"[1.2,2)\"");
            return Optional.empty();
        }
        return Fields.scalar(yaml, "a version", problems).flatMap(s -> versions(s, problems));
    }

    private static Optional<Appup.Versions> versions(Yaml.Scalar scalar, Problems problems) {
        String text = scalar.text().strip();
        if (REGULAR_EXPRESSION.matcher(text).matches()) {
            problems.add(
                    scalar.place(),
                    "'" + text + "' looks like a regular expression",
                    "use an OSGi version range instead, as \"[1.2,2)\" for everything from 1.2 up to but not 2");
            return Optional.empty();
        }
        try {
            return Optional.of(
                    text.startsWith("[") || text.startsWith("(") ? range(text) : new Exact(Version.parseVersion(text)));
        } catch (IllegalArgumentException e) {
            problems.add(scalar.place(), "'" + text + "' is neither a version nor a range of versions", EXAMPLE);
            return Optional.empty();
        }
    }

    private static Range range(String text) {
        VersionRange range = new VersionRange(text);
        if (range.isEmpty()) {
            throw new IllegalArgumentException("no version is in " + text);
        }
        return new Range(text, range);
    }

    /** One version, qualifier included. */
    record Exact(Version version) implements Appup.Versions {
        @Override
        public boolean includes(Version other) {
            return version.equals(other);
        }

        @Override
        public String toString() {
            return version.toString();
        }
    }

    /** An OSGi version range, as written. */
    record Range(String text, VersionRange range) implements Appup.Versions {
        @Override
        public boolean includes(Version version) {
            return range.includes(version);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
