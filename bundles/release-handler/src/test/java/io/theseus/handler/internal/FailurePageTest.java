// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/failures.md} names a test for every line, and each of them is there. */
class FailurePageTest {
    private static final Path ROOT = Path.of("../..");
    private static final Pattern TEST = Pattern.compile("`([A-Z]\\w+Test)\\.(\\w+)`");

    @Test
    void everyLineNamesTestsThatExist() throws IOException {
        List<String> rows = Files.readAllLines(ROOT.resolve("docs/failures.md")).stream()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| what fails |"))
                .toList();

        assertThat(rows)
                .hasSizeGreaterThan(15)
                .allMatch(row -> TEST.matcher(row).find());
        List<String> missing = rows.stream()
                .flatMap(row -> TEST.matcher(row).results())
                .filter(name -> !exists(name))
                .map(MatchResult::group)
                .toList();
        assertThat(missing).isEmpty();
    }

    private static boolean exists(MatchResult name) {
        return sources(name.group(1)).contains("void " + name.group(2) + "(");
    }

    private static String sources(String type) {
        try (Stream<Path> folders =
                Stream.concat(Files.list(ROOT.resolve("bundles")), Stream.of(ROOT.resolve("itests")))) {
            return folders.flatMap(folder -> Stream.of(folder, folder.resolve("faults")))
                    .map(folder -> folder.resolve("src/test/java"))
                    .filter(Files::isDirectory)
                    .flatMap(folder -> text(folder, type + ".java"))
                    .collect(Collectors.joining());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Stream<String> text(Path folder, String file) {
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> found = files.filter(path -> path.endsWith(file)).toList();
            return found.isEmpty() ? Stream.of() : Stream.of(Files.readString(found.get(0)));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
