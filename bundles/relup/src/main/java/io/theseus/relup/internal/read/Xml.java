// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup.internal.read;

import io.theseus.release.RefusedException;
import io.theseus.relup.Place;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * An XML element as a tree that knows where everything stands. Names are local: namespaces only tell versions of the formats read
 * here. Documents with a DTD are refused, so there are no entities to expand and nothing to fetch.
 *
 * @param attributes without namespace declarations
 * @param content text of the element itself, as it is
 */
record Xml(Place place, String name, List<Attribute> attributes, String content, List<Xml> children) {
    private static final int MAX_DEPTH = 50;
    private static final Pattern ENCODING = Pattern.compile("encoding\\s*=\\s*[\"']([A-Za-z0-9._-]+)");

    /** One attribute. */
    record Attribute(String name, String value) {}

    /** The text of the element itself, stripped. */
    String text() {
        return content.strip();
    }

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
        if (!otherEncoding(content) && !utf8(content)) {
            // The parser would say it too, and print it to standard error besides.
            throw problems.fatal(
                    new Place(file, 1, 1), "this is no UTF-8", "save it as UTF-8, or declare its encoding");
        }
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
        } catch (RefusedException e) {
            throw e;
        } catch (RuntimeException e) {
            // The parser of the JDK falls over some files, as over a bad character in a DTD whose message it does not
            // have.
            throw problems.fatal(new Place(file, 1, 1), "this is no XML: " + e.getMessage(), "");
        }
    }

    private static boolean utf8(byte[] content) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static boolean otherEncoding(byte[] content) {
        String head = new String(content, 0, Math.min(content.length, 200), StandardCharsets.ISO_8859_1);
        Matcher m = ENCODING.matcher(head);
        return m.find() && !m.group(1).equalsIgnoreCase("UTF-8");
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
        return new Xml(place, name, attributes, text.toString(), children);
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
