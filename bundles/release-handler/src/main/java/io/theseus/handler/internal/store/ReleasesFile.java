// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal.store;

import io.theseus.release.ReleaseId;
import io.theseus.release.ReleaseInfo;
import io.theseus.release.ReleaseStatus;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.osgi.framework.Version;

/**
 * The text of {@code RELEASES}: which releases there are, and their status. JSON with a field a line, which is YAML as well.
 *
 * <p>Format 1. A file of a later format is refused and left alone.
 */
final class ReleasesFile {
    static final long FORMAT = 1;

    private ReleasesFile() {}

    /** A line of the file. */
    record Row(ReleaseId id, ReleaseStatus status, Instant since) {}

    static String print(Releases releases) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("format", FORMAT);
        fields.put("releases", releases.all().stream().map(ReleasesFile::print).toList());
        return Json.page(fields);
    }

    /** @throws IllegalArgumentException if it is not what {@link #print} wrote; the message says why */
    static List<Row> read(String text) throws IOException {
        Fields fields = new Fields(Json.read(text));
        checkFormat(fields);
        return fields.objects("releases").stream().map(ReleasesFile::row).toList();
    }

    static void checkFormat(Fields fields) {
        long format = fields.number("format");
        if (format != FORMAT) {
            throw new IllegalArgumentException(
                    "format " + format + " is of another version of Theseus, this one knows format " + FORMAT);
        }
    }

    private static Map<String, Object> print(ReleaseInfo info) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", info.release().id().name());
        fields.put("version", info.release().id().version().toString());
        fields.put("status", info.status().name().toLowerCase(Locale.ROOT));
        fields.put("since", info.since().toString());
        return fields;
    }

    private static Row row(Fields fields) {
        return new Row(
                new ReleaseId(fields.text("name"), Version.parseVersion(fields.text("version"))),
                ReleaseStatus.valueOf(fields.text("status").toUpperCase(Locale.ROOT)),
                Instant.parse(fields.text("since")));
    }
}
