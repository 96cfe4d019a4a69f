// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup.internal.read;

import io.theseus.relup.BundleFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Component descriptions of Declarative Services 1.0 to 1.5 (OSGi Compendium 112.4). */
final class ComponentFile {
    private ComponentFile() {}

    /** The components of one XML file: its root, or elements in it. Other content is allowed by the specification. */
    static List<BundleFacts.Component> read(String file, byte[] content, Problems problems) {
        return components(Xml.read(file, content, problems))
                .map(ComponentFile::component)
                .toList();
    }

    private static Stream<Xml> components(Xml element) {
        return element.name().equals("component")
                ? Stream.of(element)
                : element.children().stream().flatMap(ComponentFile::components);
    }

    private static BundleFacts.Component component(Xml component) {
        String implementation = component.children("implementation").stream()
                .flatMap(i -> i.attribute("class").stream())
                .findFirst()
                .orElse("");
        List<String> services = new ArrayList<>();
        for (Xml service : component.children("service")) {
            service.children("provide").forEach(p -> p.attribute("interface").ifPresent(services::add));
        }
        boolean factory = component.attribute("factory").isPresent();
        boolean immediate =
                component.attribute("immediate").map(Boolean::parseBoolean).orElse(services.isEmpty() && !factory);
        return new BundleFacts.Component(
                component.attribute("name").orElse(implementation),
                implementation,
                immediate,
                component.attribute("enabled").map(Boolean::parseBoolean).orElse(true),
                services,
                properties(component),
                needs(component));
    }

    /** What has no cardinality has the one that is required (112.3.2). */
    private static Set<String> needs(Xml component) {
        return component.children("reference").stream()
                .filter(r -> r.attribute("cardinality").orElse("1..1").startsWith("1"))
                .flatMap(r -> r.attribute("interface").stream())
                .collect(Collectors.toSet());
    }

    /** Those in a properties file beside it are not looked at. */
    private static Set<String> properties(Xml component) {
        return component.children("property").stream()
                .flatMap(p -> p.attribute("name").stream())
                .collect(Collectors.toSet());
    }
}
