// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

class BundleContentTest {
    private static final String MANIFEST = "META-INF/MANIFEST.MF=Manifest-Version: 1.0\nBundle-SymbolicName: a\n";

    @Test
    void theSameIsTheSameWheneverAndInWhateverOrderItWasMade() throws IOException {
        String digest = digest(1, MANIFEST + "Bnd-LastModified: 1\n", "a/", "a/A.class=A", "b=B");

        assertThat(digest(2_000_000_000_000L, "b=B", MANIFEST + "Bnd-LastModified: 2\n", "a/A.class=A"))
                .isEqualTo(digest);
        assertThat(digest(
                        1,
                        "META-INF/MANIFEST.MF=Manifest-Version: 1.0\nBundle-SymbolicName: \n a\n",
                        "a/A.class=A",
                        "b=B"))
                .isEqualTo(digest);
    }

    @Test
    void otherContentIsAnother() throws IOException {
        assertThat(List.of(
                        digest(1, MANIFEST, "a=A"),
                        digest(1, MANIFEST, "a=B"),
                        digest(1, MANIFEST, "b=A"),
                        digest(1, MANIFEST, "a=A", "b=A"),
                        digest(1, MANIFEST + "Import-Package: b\n", "a=A"),
                        digest(1, MANIFEST + "\nName: a\nX: y\n", "a=A")))
                .doesNotHaveDuplicates();
    }

    private static String digest(long time, String... entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (String each : entries) {
                String[] parts = each.split("=", 2);
                ZipEntry entry = new ZipEntry(parts[0]);
                entry.setTime(time);
                zip.putNextEntry(entry);
                if (parts.length > 1) {
                    zip.write(parts[1].getBytes(StandardCharsets.UTF_8));
                }
            }
        }
        return BundleContent.digest(new ByteArrayInputStream(bytes.toByteArray()));
    }
}
