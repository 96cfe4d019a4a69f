// SPDX-License-Identifier: Apache-2.0
package io.theseus.release;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The text of a configuration that a feature brings, read as Karaf and Felix File Install read it. That is nearly, and not quite, how
 * {@link java.util.Properties} reads it:
 *
 * <pre>
 *   a line that goes on     is gone on with behind empty lines and comments; the last one of a text is dropped
 *   \b \' \"                are a backspace and the quotes
 *   \\ in front of { } \    stands for nothing: what is written \\{ is {, and what is written \\\\ is one backslash
 *   $__                     is $
 * </pre>
 *
 * <p>Thread safety: stateless.
 */
public final class ConfigurationText {
    private static final String WHITE = " \t\f";
    private static final String SEPARATORS = "=:";
    private static final Pattern TYPED =
            Pattern.compile("(?s)\\s*[TILFDXSCBilfdxscb]?(\\[.*]|\\(.*\\)|\\{.*}|\".*\")\\s*");
    private static final Pattern ESCAPED = Pattern.compile("\\\\([{}\\\\])");

    private ConfigurationText() {}

    /**
     * Reads plain properties.
     *
     * @return in the order of the text; of a key that is there twice the last value
     * @throws IllegalArgumentException what the text has that is not read here, as the end of a sentence: JSON, {@code ${...}}, typed
     *     values, a last line that goes on, a bad {@code \}{@code uXXXX}
     */
    public static Map<String, String> properties(String text) {
        if (text.strip().startsWith("{")) {
            throw new IllegalArgumentException("is JSON, which is not read here");
        }
        if (text.startsWith("<")) {
            throw new IllegalArgumentException("begins with <, as XML does, which is not read here");
        }
        List<String[]> entries =
                lines(text).stream().map(ConfigurationText::entry).toList();
        if (!entries.isEmpty()
                && entries.stream().allMatch(entry -> TYPED.matcher(entry[1]).matches())) {
            throw new IllegalArgumentException("has typed values, which are not read here");
        }
        Map<String, String> properties = new LinkedHashMap<>();
        for (String[] entry : entries) {
            String value = unescaped(entry[1]);
            if (value.contains("${")) {
                throw new IllegalArgumentException("has ${...}, which is not read here");
            }
            properties.put(
                    unescaped(entry[0]),
                    ESCAPED.matcher(value.replace("$__", "$")).replaceAll("$1"));
        }
        return properties;
    }

    /** Without comments, and whole where they go on. */
    private static List<String> lines(String text) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        boolean goesOn = false;
        for (String part : text.split("\r\n|\r|\n")) {
            String trimmed = part.trim();
            if (trimmed.isEmpty() || trimmed.startsWith("#") || trimmed.startsWith("!")) {
                continue;
            }
            goesOn = goesOn(part);
            int begin = skip(part, 0, WHITE);
            line.append(part, begin, goesOn ? part.length() - 1 : part.length());
            if (!goesOn) {
                lines.add(line.toString());
                line.setLength(0);
            }
        }
        if (goesOn) {
            throw new IllegalArgumentException("ends with a line that goes on, which Karaf drops");
        }
        return lines;
    }

    private static boolean goesOn(String line) {
        int begin = line.length();
        while (begin > 0 && line.charAt(begin - 1) == '\\') {
            begin--;
        }
        return (line.length() - begin) % 2 == 1;
    }

    /** Key and value, both still escaped, but for a separator in a key. */
    private static String[] entry(String line) {
        StringBuilder key = new StringBuilder();
        int at = 0;
        while (at < line.length() && (WHITE + SEPARATORS).indexOf(line.charAt(at)) < 0) {
            if (line.charAt(at) == '\\' && at + 1 < line.length()) {
                at++;
                if ((WHITE + SEPARATORS).indexOf(line.charAt(at)) < 0) {
                    key.append('\\');
                }
            }
            key.append(line.charAt(at++));
        }
        at = skip(line, at, WHITE);
        if (at < line.length() && SEPARATORS.indexOf(line.charAt(at)) >= 0) {
            at = skip(line, at + 1, WHITE);
        }
        return new String[] {key.toString(), line.substring(at)};
    }

    private static int skip(String line, int from, String what) {
        int at = from;
        while (at < line.length() && what.indexOf(line.charAt(at)) >= 0) {
            at++;
        }
        return at;
    }

    private static String unescaped(String text) {
        StringBuilder result = new StringBuilder();
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c != '\\' || at + 1 == text.length()) {
                result.append(c);
                continue;
            }
            c = text.charAt(++at);
            if (c == 'u') {
                result.append(unicode(text, at + 1));
                at += 4;
            } else {
                int control = "rftnb".indexOf(c);
                result.append(control < 0 ? c : "\r\f\t\n\b".charAt(control));
            }
        }
        return result.toString();
    }

    private static char unicode(String text, int from) {
        String digits = text.substring(from, Math.min(from + 4, text.length()));
        if (!digits.matches("[0-9A-Fa-f]{4}")) {
            throw new IllegalArgumentException("has \\u" + digits + ", which is no character");
        }
        return (char) Integer.parseInt(digits, 16);
    }
}
