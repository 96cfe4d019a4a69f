// SPDX-License-Identifier: Apache-2.0
package io.theseus.features.internal;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/**
 * The text of a repository with copies of features: in other versions, with other bundles, and with each other where one includes another.
 * Everything else is as it was. Stateless.
 */
final class RevisedFeatures {
    private static final String HEAD =
            "<features name='theseus-revised' xmlns='http://karaf.apache.org/xmlns/features/v1.6.0'>\n";
    private final Map<String, Optional<String>> instead;
    private final Map<String, String> versions;

    private RevisedFeatures(Map<String, Optional<String>> instead, Map<String, String> versions) {
        this.instead = instead;
        this.versions = versions;
    }

    /**
     * @param features elements {@code <feature>}, as Karaf prints them
     * @param instead by location the one that takes the place; empty: none does
     * @param versions of the copies, by name
     * @throws IOException if it is no XML
     */
    static String print(List<String> features, Map<String, Optional<String>> instead, Map<String, String> versions)
            throws IOException {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            Document document = factory.newDocumentBuilder()
                    .parse(new InputSource(new StringReader(HEAD + String.join("\n", features) + "\n</features>\n")));
            new RevisedFeatures(instead, versions).revise(document.getDocumentElement());
            StringWriter text = new StringWriter();
            TransformerFactory.newInstance()
                    .newTransformer()
                    .transform(new DOMSource(document), new StreamResult(text));
            return text.toString();
        } catch (SAXException | ParserConfigurationException | TransformerException e) {
            throw new IOException("Karaf prints a feature that is no XML: " + e.getMessage(), e);
        }
    }

    private void revise(Element element) {
        for (Element child : children(element)) {
            switch (child.getTagName()) {
                case "feature" -> version(child, element.getTagName().equals("features"));
                case "bundle" -> bundle(child);
                // What somebody changed since it was installed is not written over.
                case "config", "configfile" -> child.removeAttribute("override");
                default -> {}
            }
            revise(child);
        }
    }

    private void version(Element feature, boolean defined) {
        String name = defined
                ? feature.getAttribute("name")
                : feature.getTextContent().strip();
        String version = versions.get(name);
        if (version != null) {
            feature.setAttribute("version", version);
        }
    }

    private void bundle(Element bundle) {
        String location = bundle.getTextContent().strip();
        instead.getOrDefault(location, Optional.of(location))
                .ifPresentOrElse(
                        bundle::setTextContent, () -> bundle.getParentNode().removeChild(bundle));
    }

    private static List<Element> children(Element element) {
        List<Element> result = new ArrayList<>();
        for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element child) {
                result.add(child);
            }
        }
        return result;
    }
}
