// SPDX-License-Identifier: Apache-2.0
package io.theseus.shell.internal;

import io.theseus.release.Problem;
import io.theseus.release.RefusedException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Places to read from as a person types them: a URL, or the path of a file. */
final class Sources {
    // Two letters or more: C:\shop.yaml is a path.
    private static final Pattern SCHEME = Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]+:.*");

    private Sources() {}

    /**
     * @param directory what a relative path is relative to
     * @throws RefusedException {@code bad-argument}, {@code no-such-file}
     */
    static URI parse(String text, Path directory) {
        try {
            return SCHEME.matcher(text).matches() ? new URI(text) : file(text, directory);
        } catch (URISyntaxException e) {
            throw new RefusedException(Problem.of("bad-argument", text, "no URL: " + e.getReason())
                    .withHint("write a blank as %20; give a file, http, https or mvn URL, or the path of a file"));
        }
    }

    private static URI file(String text, Path directory) {
        try {
            Path file = directory.resolve(text).toAbsolutePath().normalize();
            if (Files.isRegularFile(file)) {
                return file.toUri();
            }
            throw new RefusedException(Problem.of("no-such-file", file.toString(), "there is no such file")
                    .withHint("give a path of this machine, or a file, http, https or mvn URL"));
        } catch (InvalidPathException e) {
            throw new RefusedException(Problem.of("bad-argument", text, "neither a path nor a URL: " + e.getReason()));
        }
    }
}
