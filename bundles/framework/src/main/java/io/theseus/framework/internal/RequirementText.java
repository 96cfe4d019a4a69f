// SPDX-License-Identifier: Apache-2.0
package io.theseus.framework.internal;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.osgi.framework.Constants;
import org.osgi.framework.Version;
import org.osgi.framework.VersionRange;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;

/** A requirement in a user's words. Its filter is the only portable source: {@code (&(osgi.wiring.package=a.b)(version>=1.0))}. */
final class RequirementText {
    private static final String EXECUTION_ENVIRONMENT = "osgi.ee";

    private RequirementText() {}

    static String of(BundleRequirement requirement) {
        String filter = filter(requirement);
        return name(requirement)
                .map(name -> kind(requirement.getNamespace()) + " " + name + version(filter))
                .orElse("requires " + requirement.getNamespace() + " " + filter);
    }

    /** What is asked for by name: a package, a bundle, a host. */
    static Optional<String> name(BundleRequirement requirement) {
        return value(filter(requirement), Pattern.quote(requirement.getNamespace()) + "=");
    }

    private static String kind(String namespace) {
        return switch (namespace) {
            case BundleRevision.PACKAGE_NAMESPACE -> "imports package";
            case BundleRevision.BUNDLE_NAMESPACE -> "requires bundle";
            case BundleRevision.HOST_NAMESPACE -> "is a fragment of";
            case EXECUTION_ENVIRONMENT -> "needs";
            default -> "requires " + namespace;
        };
    }

    private static String version(String filter) {
        Optional<String> exact = value(filter, "version=");
        if (exact.isPresent()) {
            return " " + exact.get();
        }
        Optional<String> floor = value(filter, "version>=");
        Optional<String> ceiling = value(filter, "version<=");
        Optional<String> below = ceiling.isPresent() ? Optional.empty() : value(filter, "!\\((?:bundle-)?version>=");
        if (floor.isEmpty() && ceiling.isEmpty()) {
            return "";
        }
        return " version "
                + new VersionRange(
                        VersionRange.LEFT_CLOSED,
                        Version.parseVersion(floor.orElse("0")),
                        ceiling.or(() -> below).map(Version::parseVersion).orElse(null),
                        ceiling.isPresent() ? VersionRange.RIGHT_CLOSED : VersionRange.RIGHT_OPEN);
    }

    private static Optional<String> value(String filter, String before) {
        Matcher matcher =
                Pattern.compile("\\((?:bundle-)?" + before + "([^)*]+)\\)").matcher(filter);
        return matcher.find() ? Optional.of(matcher.group(1).strip()) : Optional.empty();
    }

    private static String filter(BundleRequirement requirement) {
        return requirement.getDirectives().getOrDefault(Constants.FILTER_DIRECTIVE, "");
    }
}
