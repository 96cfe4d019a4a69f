// SPDX-License-Identifier: Apache-2.0
package io.theseus.samples.driver;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One answer of the shop: a line {@code versions=[1.0.0,1.0.0] name=1 ...}.
 *
 * @param cookie the session cookie it sets, as {@code name=value}
 * @param closes whether the server closes the connection after it
 */
public record Answer(int status, String body, Optional<String> cookie, boolean closes) {
    /** The versions met, in order; none when the line names none. */
    public List<String> versions() {
        String start = "versions=[";
        int from = body.indexOf(start);
        int to = body.indexOf(']', from + 1);
        return from < 0 || to < 0
                ? List.of()
                : List.of(body.substring(from + start.length(), to).split(","));
    }

    /** A number of the line by its name. */
    public OptionalLong number(String name) {
        for (String word : body.strip().split(" ")) {
            if (word.startsWith(name + "=")) {
                return OptionalLong.of(Long.parseLong(word.substring(name.length() + 1)));
            }
        }
        return OptionalLong.empty();
    }
}
