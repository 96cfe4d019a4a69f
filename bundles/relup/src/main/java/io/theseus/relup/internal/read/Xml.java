// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup.internal.read;

import io.theseus.relup.Place;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * An XML element as a tree that knows where everything stands. Names are local: namespaces only tell versions of the formats read
 * here. Documents with a DTD are refused, so there are no entities to expand and nothing to fetch.
 *
 * @param attributes without namespace declarations
 * @param text of the element itself, stripped
 */
record Xml(Place place, String name, List<Attribute> attributes, String text, List<Xml> children) {
    private static final int MAX_DEPTH = 50;

    /** One attribute. */
    record Attribute(String name, String value) {}

    Optional<String> attribute(String attribute) {
        return attributes.stream()
                .filter(a -> a.name().equals(attribute))
                .map(a -> a.value().strip())
                .findFirst();
    }

    List<Xml> children(String child) {
        return children.stream().filter(c -> c.name().equals(child)).toList();
    }

    static Xml read(String file, byte[] content, Problems problems) {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        try {
            XMLStreamReader reader = factory.createXMLStreamReader(new ByteArrayInputStream(content));
            Place begin = place(file, reader);
            while (reader.next() != XMLStreamConstants.START_ELEMENT) {
                if (reader.getEventType() == XMLStreamConstants.DTD) {
                    throw problems.fatal(place(file, reader), "a DOCTYPE is not allowed", "remove it");
                }
                begin = place(file, reader);
            }
            Xml root = element(begin, reader, problems, 1);
            while (reader.hasNext()) {
                reader.next();
            }
            return root;
        } catch (XMLStreamException e) {
            Place place = e.getLocation() == null
                    ? new Place(file, 1, 1)
                    : new Place(
                            file,
                            Math.max(1, e.getLocation().getLineNumber()),
                            Math.max(1, e.getLocation().getColumnNumber()));
            throw problems.fatal(place, "this is no XML: " + reason(e), "");
        }
    }

    private static Xml element(Place place, XMLStreamReader reader, Problems problems, int depth)
            throws XMLStreamException {
        if (depth > MAX_DEPTH) {
            throw problems.fatal(place, "nested more than " + MAX_DEPTH + " deep", "");
        }
        String name = reader.getLocalName();
        List<Attribute> attributes = new ArrayList<>();
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            attributes.add(new Attribute(reader.getAttributeLocalName(i), reader.getAttributeValue(i)));
        }
        StringBuilder text = new StringBuilder();
        List<Xml> children = new ArrayList<>();
        Place begin = place(place.file(), reader);
        for (int event = reader.next(); event != XMLStreamConstants.END_ELEMENT; event = reader.next()) {
            if (event == XMLStreamConstants.START_ELEMENT) {
                children.add(element(begin, reader, problems, depth + 1));
            } else if (event == XMLStreamConstants.CHARACTERS || event == XMLStreamConstants.CDATA) {
                text.append(reader.getText());
            }
            begin = place(place.file(), reader);
        }
        return new Xml(place, name, attributes, text.toString().strip(), children);
    }

    /** Where the next tag begins: the parser stands behind what it has read, and behind text it has read the next character too. */
    private static Place place(String file, XMLStreamReader reader) {
        int ahead = reader.getEventType() == XMLStreamConstants.CHARACTERS ? 1 : 0;
        return new Place(
                file,
                reader.getLocation().getLineNumber(),
                Math.max(1, reader.getLocation().getColumnNumber() - ahead));
    }

    /** The parser's own sentence, without the position it puts before it. */
    private static String reason(XMLStreamException e) {
        String message = String.valueOf(e.getMessage());
        int at = message.indexOf("Message: ");
        return (at < 0 ? message : message.substring(at + 9)).strip();
    }
}
