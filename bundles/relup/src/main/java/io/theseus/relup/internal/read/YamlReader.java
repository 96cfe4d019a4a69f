// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup.internal.read;

import io.theseus.relup.Place;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;

/** Makes a {@link Yaml} tree of a text. Built from events, so that depth is checked before anything recurses. */
public final class YamlReader {
    private static final int MAX_CHARACTERS = 1 << 20;
    // The parser takes memory with the square of the longest word, and a comment is one word to it.
    private static final int MAX_LINE = 1 << 17;
    private static final int MAX_DEPTH = 50;

    private final String file;
    private final Problems problems;
    private final Iterator<Event> events;
    private final ScalarResolver resolver;

    private YamlReader(String file, String text, Problems problems) {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(file)
                // All at once: the parser reads past its buffer when that ends between the two halves of a character.
                .setBufferSize(text.length() + 2)
                .build();
        this.file = file;
        this.problems = problems;
        this.events = new Parse(settings).parseString(text).iterator();
        this.resolver = settings.getSchema().getScalarResolver();
    }

    /**
     * Reads the only document of a text. Duplicate keys are added to the problems and reading goes on.
     *
     * @throws io.theseus.release.RefusedException if it is no YAML, or more than a plain tree
     */
    public static Yaml read(String file, String text, Problems problems) {
        if (text.length() > MAX_CHARACTERS) {
            throw problems.fatal(new Place(file, 1, 1), "the file has more than " + MAX_CHARACTERS + " characters", "");
        }
        int line = longLine(text);
        if (line > 0) {
            throw problems.fatal(
                    new Place(file, line, 1), "the line has more than " + MAX_LINE + " characters", "break it up");
        }
        try {
            return new YamlReader(file, text, problems).document();
        } catch (MarkedYamlEngineException e) {
            Place place = e.getProblemMark().map(m -> place(file, m)).orElse(new Place(file, 1, 1));
            throw problems.fatal(place, "this is no YAML: " + e.getProblem(), hint(text, e));
        } catch (YamlEngineException e) {
            throw problems.fatal(new Place(file, 1, 1), "this is no YAML: " + e.getMessage(), "");
        } catch (NumberFormatException e) {
            // The parser lets it out for an escape of eight digits, without a place.
            throw problems.fatal(
                    new Place(file, 1, 1),
                    "this is no YAML: an escape of eight digits names no character",
                    "the last one is 0010FFFF");
        }
    }

    /** The number of the first line that is too long; 0 if none is. */
    private static int longLine(String text) {
        int line = 1;
        int begin = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n' || c == '\r') {
                line += c == '\n' ? 1 : 0;
                begin = i + 1;
            } else if (i - begin >= MAX_LINE) {
                return line;
            }
        }
        return 0;
    }

    private Yaml document() {
        Event first = skipTo();
        if (first.getEventId() == Event.ID.StreamEnd) {
            throw problems.fatal(new Place(file, 1, 1), "the file is empty", "");
        }
        Yaml root = node(first, 1);
        Event next = skipTo();
        if (next.getEventId() != Event.ID.StreamEnd) {
            throw problems.fatal(place(next), "a second document begins here", "a file holds one document");
        }
        return root;
    }

    private Event skipTo() {
        Event event = events.next();
        while (event.getEventId() == Event.ID.StreamStart
                || event.getEventId() == Event.ID.DocumentStart
                || event.getEventId() == Event.ID.DocumentEnd) {
            event = events.next();
        }
        return event;
    }

    private Yaml node(Event event, int depth) {
        if (depth > MAX_DEPTH) {
            throw problems.fatal(place(event), "nested more than " + MAX_DEPTH + " deep", "");
        }
        plainOnly((NodeEvent) event);
        return switch (event.getEventId()) {
            case SequenceStart -> sequence(event, depth);
            case MappingStart -> mapping(event, depth);
            default -> scalar((ScalarEvent) event);
        };
    }

    private void plainOnly(NodeEvent event) {
        if (event.getEventId() == Event.ID.Alias || event.getAnchor().isPresent()) {
            throw problems.fatal(place(event), "anchors and aliases are not allowed", "write it out");
        }
        Optional<String> tag =
                event instanceof ScalarEvent scalar ? scalar.getTag() : ((CollectionStartEvent) event).getTag();
        if (tag.isPresent()) {
            throw problems.fatal(place(event), "tags are not allowed", "remove " + tag.get());
        }
    }

    private Yaml.Sequence sequence(Event start, int depth) {
        List<Yaml> items = new ArrayList<>();
        for (Event e = events.next(); e.getEventId() != Event.ID.SequenceEnd; e = events.next()) {
            items.add(node(e, depth + 1));
        }
        return new Yaml.Sequence(place(start), List.copyOf(items));
    }

    private Yaml.Mapping mapping(Event start, int depth) {
        List<Yaml.Field> fields = new ArrayList<>();
        Set<String> keys = new HashSet<>();
        for (Event e = events.next(); e.getEventId() != Event.ID.MappingEnd; e = events.next()) {
            if (!(node(e, depth + 1) instanceof Yaml.Scalar key)) {
                throw problems.fatal(place(e), "a key must be a plain word", "");
            }
            Yaml value = node(events.next(), depth + 1);
            if (keys.add(key.text())) {
                fields.add(new Yaml.Field(key, value));
            } else {
                problems.add(key.place(), "'" + key.text() + "' stands here a second time", "remove one of the two");
            }
        }
        return new Yaml.Mapping(place(start), List.copyOf(fields));
    }

    private Yaml.Scalar scalar(ScalarEvent event) {
        Tag tag = event.isPlain() ? resolver.resolve(event.getValue(), true) : Tag.STR;
        return new Yaml.Scalar(place(event), event.getValue(), type(tag));
    }

    private static Yaml.Scalar.Type type(Tag tag) {
        if (tag.equals(Tag.INT)) {
            return Yaml.Scalar.Type.INTEGER;
        }
        if (tag.equals(Tag.FLOAT)) {
            return Yaml.Scalar.Type.DECIMAL;
        }
        if (tag.equals(Tag.BOOL)) {
            return Yaml.Scalar.Type.BOOLEAN;
        }
        return tag.equals(Tag.NULL) ? Yaml.Scalar.Type.NULL : Yaml.Scalar.Type.TEXT;
    }

    private Place place(Event event) {
        return event.getStartMark().map(m -> place(file, m)).orElse(new Place(file, 1, 1));
    }

    private static Place place(String file, Mark mark) {
        return new Place(file, mark.getLine() + 1, mark.getColumn() + 1);
    }

    /** The one mistake everybody makes: a range without quotes is half a list to YAML. */
    private static String hint(String text, MarkedYamlEngineException e) {
        List<String> lines = text.lines().toList();
        boolean range = e.getContextMark()
                .or(e::getProblemMark)
                .filter(m -> m.getLine() < lines.size())
                .map(m -> lines.get(m.getLine()))
                .filter(l -> l.matches("[\\s-]*(from|to)\\s*:\\s*\\[.*"))
                .isPresent();
        return range ? "a version range must be in quotes, as \"[1.2,2)\"" : "";
    }
}
