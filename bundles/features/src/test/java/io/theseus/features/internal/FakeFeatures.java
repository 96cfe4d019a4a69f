// SPDX-License-Identifier: Apache-2.0
package io.theseus.features.internal;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.karaf.features.BundleInfo;
import org.apache.karaf.features.Dependency;
import org.apache.karaf.features.DeploymentEvent;
import org.apache.karaf.features.DeploymentListener;
import org.apache.karaf.features.Feature;
import org.apache.karaf.features.FeaturesService;
import org.apache.karaf.features.FeaturesService.Option;
import org.apache.karaf.features.Repository;

/** Karaf's feature service with features that are no more than an id and locations. */
final class FakeFeatures {
    /** What a repository has: for an id its bundles. */
    final Map<String, Map<String, List<String>>> repositories = new HashMap<>();

    final Set<String> added = new TreeSet<>();
    final Set<String> required = new TreeSet<>();
    final Set<String> blacklisted = new TreeSet<>();
    final List<String> operations = new ArrayList<>();
    /** By id of a feature the name of the one that it includes. */
    final Map<String, String> includes = new HashMap<>();
    /** What happens in an operation, after what is required was recorded. */
    Step besides = () -> {};

    /** Who hears of operations. */
    private final Set<DeploymentListener> listeners = new LinkedHashSet<>();

    void event(DeploymentEvent event) {
        listeners.forEach(listener -> listener.deploymentEvent(event));
    }

    interface Step {
        void run() throws Exception;
    }

    FeaturesService service() {
        return FeaturesService.class.cast(Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {FeaturesService.class},
                (proxy, method, arguments) -> answer(method, arguments)));
    }

    private Object answer(Method method, Object[] arguments) throws Exception {
        return switch (method.getName()) {
            case "registerListener" -> listeners.add((DeploymentListener) arguments[0]);
            case "unregisterListener" -> listeners.remove((DeploymentListener) arguments[0]);
            case "listRequirements" -> Map.of("root", Set.copyOf(required));
            case "listRequiredRepositories", "listRepositories" ->
                added.stream().map(this::repository).toArray(Repository[]::new);
            case "addRepository" -> {
                String uri = arguments[0].toString();
                if (uri.startsWith("file:")) {
                    repositories.put(uri, written(URI.create(uri)));
                }
                if (!repositories.containsKey(uri)) {
                    throw new IllegalStateException("Error resolving artifact " + uri + "\n\tin detail");
                }
                added.add(uri);
                yield "";
            }
            case "removeRepository" -> {
                String uri = arguments[0].toString();
                Set<String> gone =
                        new TreeSet<>(repositories.getOrDefault(uri, Map.of()).keySet());
                added.stream()
                        .filter(each -> !each.equals(uri))
                        .forEach(each -> gone.removeAll(repositories.get(each).keySet()));
                if (arguments.length < 2 || !Boolean.FALSE.equals(arguments[1])) {
                    throw new IllegalArgumentException("would uninstall features");
                }
                if (gone.stream().anyMatch(id -> required.contains(requirement(id)))) {
                    throw new IllegalStateException("The following features are required from the repository: " + gone);
                }
                added.remove(uri);
                yield "";
            }
            case "listFeatures" ->
                known().entrySet().stream()
                        .map(each -> feature(each.getKey(), each.getValue()))
                        .toArray(Feature[]::new);
            case "listInstalledFeatures" ->
                known().entrySet().stream()
                        .filter(each -> required.contains(requirement(each.getKey())))
                        .map(each -> feature(each.getKey(), each.getValue()))
                        .toArray(Feature[]::new);
            case "getFeatureXml" -> xml(((Feature) arguments[0]).getId());
            case "installFeatures" -> install(texts(arguments[0]), options(arguments[2]));
            case "uninstallFeatures" -> uninstall(texts(arguments[0]), options(arguments[2]));
            default -> throw new UnsupportedOperationException(method.toString());
        };
    }

    /** The features of a file and their bundles, as far as these tests have any. */
    private static Map<String, List<String>> written(URI file) throws IOException {
        Map<String, List<String>> result = new TreeMap<>();
        Matcher features = Pattern.compile(
                        "<feature name=['\"](.*?)['\"] version=['\"](.*?)['\"](?:/>|>(.*?)</feature>\n)",
                        Pattern.DOTALL)
                .matcher(Files.readString(Path.of(file)));
        while (features.find()) {
            String content = features.group(3) == null ? "" : features.group(3);
            result.put(
                    features.group(1) + "/" + features.group(2),
                    Pattern.compile("<bundle>(.*?)</bundle>")
                            .matcher(content)
                            .results()
                            .map(bundle -> bundle.group(1))
                            .toList());
        }
        return result;
    }

    private String install(Collection<String> patterns, EnumSet<Option> options) throws Exception {
        operations.add("install " + String.join(" ", patterns) + " " + options);
        for (String pattern : patterns) {
            known().keySet().stream()
                    .filter(id -> matches(pattern, requirement(id)) && !blacklisted.contains(id))
                    .forEach(id -> {
                        if (options.contains(Option.Upgrade)) {
                            required.removeIf(each -> each.startsWith("feature:" + id.split("/")[0] + "/"));
                        }
                        required.add(requirement(id));
                    });
        }
        besides.run();
        return "";
    }

    private String uninstall(Collection<String> patterns, EnumSet<Option> options) throws Exception {
        operations.add("uninstall " + String.join(" ", patterns) + " " + options);
        for (String pattern : patterns) {
            if (!required.removeIf(each -> matches(pattern, each))) {
                throw new IllegalArgumentException("Feature named '" + pattern + "' is not installed");
            }
        }
        besides.run();
        return "";
    }

    private static boolean matches(String pattern, String requirement) {
        String[] wanted = pattern.split("/", 2);
        String[] there = requirement.substring("feature:".length()).split("/", 2);
        return Pattern.matches(wanted[0], there[0]) && wanted[1].equals(there[1]);
    }

    static String requirement(String id) {
        String[] parts = id.split("/", 2);
        return "feature:" + parts[0] + "/[" + parts[1] + "," + parts[1] + "]";
    }

    private Map<String, List<String>> known() {
        Map<String, List<String>> result = new TreeMap<>();
        added.forEach(uri -> result.putAll(repositories.get(uri)));
        return result;
    }

    private String xml(String id) {
        String[] parts = id.split("/", 2);
        String include =
                includes.containsKey(id) ? "<feature version=\"1.0.0\">" + includes.get(id) + "</feature>" : "";
        return "<feature name=\"" + parts[0] + "\" version=\"" + parts[1] + "\">" + include
                + known().get(id).stream()
                        .map(location -> "<bundle>" + location + "</bundle>")
                        .reduce("", String::concat)
                + "</feature>";
    }

    private Repository repository(String uri) {
        Feature[] features = repositories.getOrDefault(uri, Map.of()).entrySet().stream()
                .map(each -> feature(each.getKey(), each.getValue()))
                .toArray(Feature[]::new);
        return stub(
                Repository.class,
                Map.of(
                        "getURI",
                        URI.create(uri),
                        "getName",
                        uri.replaceAll(".*acme/(\\w+)/.*", "$1"),
                        "getFeatures",
                        features));
    }

    private Feature feature(String id, List<String> locations) {
        List<BundleInfo> bundles = locations.stream()
                .map(location -> stub(BundleInfo.class, Map.of("getLocation", location)))
                .toList();
        List<Dependency> dependencies = Stream.ofNullable(includes.get(id))
                .map(name -> stub(Dependency.class, Map.of("getName", name)))
                .toList();
        return stub(
                Feature.class,
                Map.of(
                        "getId",
                        id,
                        "getName",
                        id.split("/", 2)[0],
                        "getVersion",
                        id.split("/", 2)[1],
                        "getBundles",
                        bundles,
                        "getDependencies",
                        dependencies,
                        "getConditional",
                        List.of()));
    }

    private static <T> T stub(Class<T> type, Map<String, Object> answers) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) ->
                        Stream.of(answers.get(method.getName())).findFirst().orElseThrow()));
    }

    private static Collection<String> texts(Object set) {
        return ((Collection<?>) set).stream().map(String::valueOf).toList();
    }

    private static EnumSet<Option> options(Object set) {
        EnumSet<Option> result = EnumSet.noneOf(Option.class);
        ((Collection<?>) set).forEach(each -> result.add((Option) each));
        return result;
    }
}
