// SPDX-License-Identifier: Apache-2.0
package io.theseus.itests;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the health client has counted. */
record HealthCounts(long calls, long failed, long results, long longestMicros, String failure) {
    private static final Pattern LINE =
            Pattern.compile("calls=(\\d+) failed=(\\d+) results=(\\d+) longest_us=(\\d+) failure=(.*)");

    static HealthCounts of(KarafProcess karaf) {
        String text = karaf.run("health:calls");
        Matcher matcher = LINE.matcher(text);
        if (!matcher.find()) {
            throw new AssertionError("health:calls printed " + text);
        }
        return new HealthCounts(
                Long.parseLong(matcher.group(1)),
                Long.parseLong(matcher.group(2)),
                Long.parseLong(matcher.group(3)),
                Long.parseLong(matcher.group(4)),
                matcher.group(5).strip());
    }
}
