// SPDX-License-Identifier: Apache-2.0
package io.theseus.benchmarks.fleet;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The compiled classes of this module, as files. */
final class ClassFiles {
    private ClassFiles() {}

    /** Paths of the classes of a package. */
    static List<String> of(String packageName) {
        String path = packageName.replace('.', '/');
        try (Stream<Path> files = Files.list(
                Path.of(Objects.requireNonNull(ClassFiles.class.getClassLoader().getResource(path), path)
                        .toURI()))) {
            return files.map(each -> path + "/" + each.getFileName())
                    .filter(each -> each.endsWith(".class"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    static byte[] read(String path) {
        try (InputStream in =
                Objects.requireNonNull(ClassFiles.class.getClassLoader().getResourceAsStream(path), path)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
