// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup.internal.read;

import io.theseus.release.BundleSpec;
import io.theseus.release.Features;
import io.theseus.release.StartType;
import io.theseus.relup.Place;
import io.theseus.relup.ReleaseDraft;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.framework.Version;

/** The YAML form of a release file. */
final class YamlReleaseFile {
    private final String file;
    private final Locations locations;
    private final Problems problems;
    private final Map<String, ReleaseDraft.Entry> appups = new LinkedHashMap<>();

    YamlReleaseFile(String file, Locations locations, Problems problems) {
        this.file = file;
        this.locations = locations;
        this.problems = problems;
    }

    ReleaseDraft read(String text) {
        Fields fields = Fields.ofFile(file, text, "a release file", problems);
        String name = fields.release().orElse("");
        Version version = fields.version("version").orElse(Version.emptyVersion);
        List<ReleaseDraft.Entry> bundles = new ArrayList<>();
        for (Yaml item : fields.list("bundles")) {
            bundle(item).ifPresent(bundles::add);
        }
        appups(fields);
        Optional<ReleaseDraft.Entry> relup = fields.scalar("relup")
                .flatMap(url -> locations.resolve(url.text(), url.place()).map(l -> entry(l, url.place())));
        List<String> requires = fields.texts("requires");
        fields.end();
        if (bundles.isEmpty() && problems.isEmpty()) {
            problems.add(fields.place(), "the release has no bundles", "list them under 'bundles:'");
        }
        problems.refuse();
        Features features = new Features("", List.of(name + "/" + version), requires, List.of());
        return new ReleaseDraft(name, version, bundles, appups, relup, features);
    }

    private Optional<ReleaseDraft.Entry> bundle(Yaml item) {
        if (item instanceof Yaml.Scalar scalar) {
            return locations.bundle(scalar.text(), scalar.place()).map(l -> entry(l, scalar.place()));
        }
        Optional<Fields> map = Fields.of(item, "a bundle", problems);
        if (map.isEmpty()) {
            return Optional.empty();
        }
        Fields fields = map.get();
        Optional<String> location = fields.require("location", "'location: mvn:com.acme/ledger/1.0.0'")
                .flatMap(v -> Fields.scalar(v, "'location'", problems))
                .flatMap(l -> locations.bundle(l.text(), l.place()));
        Optional<String> sha256 = fields.scalar("sha256").flatMap(locations::sha256);
        int startLevel = fields.scalar("start_level").map(this::startLevel).orElse(80);
        Optional<BundleSpec.Role> role = fields.choice("role", BundleSpec.Role.class);
        StartType type = fields.choice("type", StartType.class).orElse(StartType.REQUIRED);
        Optional<Yaml.Scalar> appup = fields.scalar("appup");
        fields.end();
        location.ifPresent(l -> appup.ifPresent(a -> appup(l, a)));
        return location.map(l -> new ReleaseDraft.Entry(
                l, sha256, startLevel, role, type, fields.place().toString()));
    }

    private int startLevel(Yaml.Scalar scalar) {
        if (scalar.text().matches("[1-9][0-9]{0,4}")) {
            return Integer.parseInt(scalar.text());
        }
        problems.add(scalar.place(), "'" + scalar.text() + "' is no start level", "a number from 1");
        return 80;
    }

    private void appups(Fields fields) {
        Optional<Yaml> value = fields.take("appups");
        if (value.isPresent()) {
            if (value.get() instanceof Yaml.Mapping mapping) {
                mapping.fields()
                        .forEach(f -> Fields.scalar(f.value(), "an appup", problems)
                                .ifPresent(u -> appup(f.key().text(), u)));
            } else {
                problems.add(
                        value.get().place(),
                        "'appups' must be a map, this is " + value.get().kind(),
                        "as com.acme.ledger: ledger-appup.yaml");
            }
        }
    }

    private void appup(String application, Yaml.Scalar url) {
        locations.resolve(url.text(), url.place()).ifPresent(l -> appups.put(application, entry(l, url.place())));
    }

    private static ReleaseDraft.Entry entry(String location, Place place) {
        return new ReleaseDraft.Entry(
                location, Optional.empty(), 80, Optional.empty(), StartType.REQUIRED, place.toString());
    }
}
