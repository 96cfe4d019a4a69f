// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup.internal.read;

import io.theseus.release.StartType;
import io.theseus.relup.Place;
import io.theseus.relup.ReleaseDraft;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The {@code <configfile>} elements of features, by where their files go. Thread safety: for one thread. */
final class FeatureFiles {
    private static final Pattern NAME = Pattern.compile(
            "(?:(?<folder>\\$\\{karaf\\.(?:base|etc|data)})/+|/*)(?<path>[^/\\\\:*?\"<>|\\p{Cntrl}$]+(?:/+[^/\\\\:*?\"<>|\\p{Cntrl}$]+)*)");

    private final Locations locations;
    private final Problems problems;
    private final Map<String, ReleaseDraft.Entry> files = new TreeMap<>();

    FeatureFiles(Locations locations, Problems problems) {
        this.locations = locations;
        this.problems = problems;
    }

    /** As of {@code Features.files}, but for where their content is. */
    Map<String, ReleaseDraft.Entry> files() {
        return files;
    }

    /** Answers whether its location is relative. */
    boolean add(Xml file) {
        if (file.attribute("override").filter("true"::equals).isPresent()) {
            problems.add(
                    file.place(),
                    "<configfile override=\"true\"> is not supported",
                    "leave it out: a file is brought where there is none. One that is to change needs another name");
        }
        Optional<String> goes = goes(file.attribute("finalname").orElse(""), file.place());
        Optional<String> location = locations.resolve(file.text(), file.place());
        goes.ifPresent(name -> location.ifPresent(from -> add(name, from, file.place())));
        return location.filter(from -> !from.equals(file.text())).isPresent();
    }

    private void add(String name, String location, Place place) {
        ReleaseDraft.Entry first = files.putIfAbsent(
                name,
                new ReleaseDraft.Entry(
                        location, Optional.empty(), 1, Optional.empty(), StartType.NONE, place.toString()));
        if (first != null && !first.location().equals(location)) {
            problems.add(
                    place, "the file " + name + " is in it twice, from " + first.location() + " too", "remove one");
        }
    }

    /** Karaf puts it below its base folder, unless it begins with a variable. */
    private Optional<String> goes(String name, Place place) {
        Matcher matcher = NAME.matcher(name);
        if (!matcher.matches()) {
            problems.add(
                    place,
                    "'" + name + "' is no finalname of a file",
                    "write finalname=\"/etc/com.acme.ledger.xml\", or one that begins with ${karaf.base}/, ${karaf.etc}/ or ${karaf.data}/");
            return Optional.empty();
        }
        List<String> parts = List.of(matcher.group("path").split("/+"));
        if (parts.contains("..") || parts.contains(".")) {
            problems.add(
                    place,
                    "'" + name + "' may lead out of the folder of the container",
                    "write where it goes without . and ..");
            return Optional.empty();
        }
        Optional<String> folder =
                Optional.ofNullable(matcher.group("folder")).filter(each -> !each.equals("${karaf.base}"));
        if (folder.isEmpty() && parts.get(0).equals("deploy")) {
            problems.add(
                    place,
                    "'" + name + "' would be deployed by itself, and stay when the release goes",
                    "let the release have it as a bundle");
            return Optional.empty();
        }
        return Optional.of(folder.map(each -> each + "/").orElse("") + String.join("/", parts));
    }
}
