// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * The text of an entry: a JSON object whose last field is a checksum of everything before it.
 *
 * <pre>{@code {"seq":7,"time":"2026-01-01T10:00:00Z","kind":"intent","data":{"step":3},"crc":"1a2b3c4d"}}</pre>
 */
final class JournalLine {
    private static final String CRC = ",\"crc\":\"";

    private JournalLine() {}

    static String print(JournalEntry entry) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("seq", entry.seq());
        fields.put("time", entry.time().toString());
        fields.put("kind", entry.kind().name().toLowerCase(Locale.ROOT));
        fields.put("data", entry.data());
        String body = Json.line(fields);
        String open = body.substring(0, body.length() - 1);
        return open + CRC + checksum(open) + "\"}";
    }

    /** @throws IllegalArgumentException if the line is not what {@link #print} wrote; the message says why */
    static JournalEntry read(String line) {
        int crc = line.lastIndexOf(CRC);
        if (crc < 0) {
            throw new IllegalArgumentException("it is cut, as when the container ends while it is written");
        }
        String open = line.substring(0, crc);
        if (!line.equals(open + CRC + checksum(open) + "\"}")) {
            throw new IllegalArgumentException("its checksum does not match");
        }
        try {
            Fields fields = new Fields(Json.read(open + "}"));
            return new JournalEntry(
                    fields.number("seq"),
                    Instant.parse(fields.text("time")),
                    JournalEntry.Kind.valueOf(fields.text("kind").toUpperCase(Locale.ROOT)),
                    new LinkedHashMap<>(fields.object("data").values()));
        } catch (IOException | DateTimeException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private static String checksum(String text) {
        CRC32 crc = new CRC32();
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().toHexDigits((int) crc.getValue());
    }
}
