// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup;

import io.theseus.port.Snapshot;
import io.theseus.port.Switchboard;
import io.theseus.release.BundleSpec;
import io.theseus.release.Features;
import io.theseus.release.Release;
import io.theseus.release.ReleaseId;
import io.theseus.release.StartType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.framework.Version;

/**
 * A planning input made of words. A bundle is a line: name, version, then what it is.
 *
 * <pre>
 * ledger 1.0.0 stateful=ledger.Accounts component=ledger.Report
 * tax 1.0.0 library
 * http 8.0.30 library sticky
 * </pre>
 */
final class World {
    final List<String> from = new ArrayList<>();
    final List<String> to = new ArrayList<>();
    final List<String> outside = new ArrayList<>();
    /** {@code a -> b}: a calls b; {@code a => b}: a is wired to packages of b. */
    final List<String> arrows = new ArrayList<>();

    /** By {@code name version}. */
    final Map<String, Appup> appups = new HashMap<>();

    /** Appups of other versions, by name. */
    final Map<String, List<Appup>> others = new HashMap<>();

    /** Names of what is installed a second time. */
    final Set<String> again = new HashSet<>();

    final List<Relup> relups = new ArrayList<>();
    /** What the features of the target bring besides bundles; with {@code !} before it what is there already. */
    final List<String> brings = new ArrayList<>();

    String fromId = "shop/1.0.0";
    String toId = "shop/2.0.0";

    Planning planning() {
        Map<String, BundleFacts> facts = new HashMap<>();
        Map<String, Appup> bySha = new HashMap<>();
        Map<String, Switchboard.Line> lines = new HashMap<>();
        for (String line : concat(from, to)) {
            Words words = new Words(line);
            if (!words.has("unknown")) {
                facts.put(words.digest(), words.facts());
            }
            Optional.ofNullable(appups.get(words.name() + " " + words.version()))
                    .ifPresent(a -> bySha.put(words.digest(), a));
        }
        for (String line : from) {
            Words words = new Words(line);
            List<String> raw =
                    words.all("raw").stream().map(r -> r.replace('_', ' ')).toList();
            lines.put(words.name(), new Switchboard.Line(words.name(), 1, Optional.empty(), 1, raw));
        }
        return new Planning(
                release(fromId, from),
                bringing(release(toId, to)),
                snapshot(),
                lines,
                facts,
                bySha,
                relups,
                others,
                brings.stream()
                        .filter(b -> b.startsWith("!"))
                        .map(b -> b.substring(1))
                        .collect(Collectors.toSet()),
                again);
    }

    private Release bringing(Release release) {
        Map<String, String> configurations = new HashMap<>();
        Map<String, String> files = new HashMap<>();
        brings.forEach(b -> (b.contains("/") ? files : configurations).put(b.replace("!", ""), "x"));
        return new Release(
                release.id(),
                release.bundles(),
                Optional.of(new Features("", List.of("shop/2.0.0"), List.of(), List.of(), configurations, files)));
    }

    private static Release release(String id, List<String> bundles) {
        return new Release(
                ReleaseId.parse(id),
                bundles.stream().map(b -> new Words(b).spec()).toList());
    }

    Snapshot snapshot() {
        Map<String, Long> ids = new LinkedHashMap<>();
        List<String> running = concat(from, outside);
        running.forEach(b -> ids.putIfAbsent(new Words(b).name(), 10L + ids.size()));
        Map<Long, Set<Long>> callers = new HashMap<>();
        Map<Long, Set<Long>> wired = new HashMap<>();
        for (String arrow : arrows) {
            boolean wire = arrow.contains("=>");
            String[] ends = arrow.split("\\s*[-=]>\\s*");
            callers.computeIfAbsent(ids.get(ends[1]), i -> new HashSet<>()).add(ids.get(ends[0]));
            if (wire) {
                wired.computeIfAbsent(ids.get(ends[1]), i -> new HashSet<>()).add(ids.get(ends[0]));
            }
        }
        List<Snapshot.Installed> installed = new ArrayList<>();
        for (String line : running) {
            Words words = new Words(line);
            long id = ids.get(words.name());
            installed.add(new Snapshot.Installed(
                    id,
                    words.name(),
                    words.version(),
                    "mvn:" + words.name(),
                    true,
                    true,
                    80,
                    words.has("data"),
                    wired.getOrDefault(id, Set.of()),
                    !words.has("library") && !words.has("system"),
                    words.has("fragment")));
        }
        Map<String, String> sticky = running.stream()
                .map(Words::new)
                .filter(words -> words.has("sticky"))
                .collect(Collectors.toMap(Words::name, any -> "it is a part of Karaf"));
        return new Snapshot(installed, callers, sticky);
    }

    private static List<String> concat(List<String> a, List<String> b) {
        List<String> all = new ArrayList<>(a);
        all.addAll(b);
        return all;
    }

    /** One bundle line. */
    private record Words(List<String> words) {
        Words(String line) {
            this(List.of(line.strip().split("\\s+")));
        }

        String name() {
            return words.get(0);
        }

        Version version() {
            return Version.parseVersion(words.get(1));
        }

        boolean has(String word) {
            return words.contains(word);
        }

        List<String> all(String key) {
            return words.stream()
                    .filter(w -> w.startsWith(key + "="))
                    .map(w -> w.substring(key.length() + 1))
                    .toList();
        }

        String digest() {
            return has("unknown")
                    ? ""
                    : all("digest").stream().findFirst().orElse("sha-" + words.get(0) + "-" + words.get(1));
        }

        BundleSpec spec() {
            return new BundleSpec(
                    name(),
                    version(),
                    "mvn:" + name() + "/" + version(),
                    digest(),
                    80,
                    has("library") ? BundleSpec.Role.LIBRARY : BundleSpec.Role.APPLICATION,
                    all("type").stream().findFirst().map(StartType::valueOf).orElse(StartType.REQUIRED));
        }

        BundleFacts facts() {
            List<BundleFacts.Component> components = new ArrayList<>();
            all("stateful")
                    .forEach(c -> components.add(new BundleFacts.Component(
                            c, "impl." + c, true, true, List.of(c + "Service", "io.theseus.api.CodeChange"))));
            all("component")
                    .forEach(c -> components.add(
                            new BundleFacts.Component(c, "impl." + c, false, true, List.of(c + "Service"))));
            all("immediate")
                    .forEach(c -> components.add(
                            new BundleFacts.Component(c, "impl." + c, true, true, List.of(c + "Service"))));
            all("worker")
                    .forEach(c -> components.add(new BundleFacts.Component(c, "impl." + c, true, true, List.of())));
            all("class")
                    .forEach(c -> components.add(
                            new BundleFacts.Component(c, "impl." + c, false, true, List.of("impl." + c))));
            all("needs")
                    .forEach(service -> components.add(new BundleFacts.Component(
                            "user", "impl.user", false, true, List.of("User"), Set.of(), Set.of(service))));
            all("disabled")
                    .forEach(c -> components.add(new BundleFacts.Component(c, "impl." + c, true, false, List.of())));
            return new BundleFacts(
                    name(),
                    version(),
                    has("fragment"),
                    has("singleton"),
                    has("activator"),
                    has("web"),
                    has("blueprint"),
                    Stream.concat(
                                    all("exports").stream(),
                                    all("class").stream().map(c -> "impl." + c.substring(0, c.lastIndexOf('.'))))
                            .collect(Collectors.toSet()),
                    components,
                    Optional.empty());
        }
    }
}
