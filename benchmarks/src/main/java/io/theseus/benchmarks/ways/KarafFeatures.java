// SPDX-License-Identifier: Apache-2.0
package io.theseus.benchmarks.ways;

import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** A feature repository of somebody else. */
record KarafFeatures(Element root) {
    static KarafFeatures read(Path file) throws Exception {
        return new KarafFeatures(DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(file.toFile())
                .getDocumentElement());
    }

    /** Locations that a feature names itself: neither what it includes, nor what it has under a condition. */
    List<String> bundles(String name) {
        return children(feature(name), "bundle").stream()
                .map(bundle -> bundle.getTextContent().strip())
                .toList();
    }

    /** A repository with this feature alone. */
    String alone(String name) throws TransformerException {
        Transformer transformer = TransformerFactory.newInstance().newTransformer();
        transformer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
        StringWriter xml = new StringWriter();
        transformer.transform(new DOMSource(feature(name)), new StreamResult(xml));
        return "<features name='" + name + "' xmlns='http://karaf.apache.org/xmlns/features/v1.5.0'>" + xml
                + "</features>";
    }

    private Element feature(String name) {
        return children(root, "feature").stream()
                .filter(feature -> feature.getAttribute("name").equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no feature " + name));
    }

    private static List<Element> children(Element parent, String name) {
        List<Element> children = new ArrayList<>();
        for (Node child = parent.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element element && element.getNodeName().equals(name)) {
                children.add(element);
            }
        }
        return children;
    }
}
