// SPDX-License-Identifier: Apache-2.0
package io.theseus.benchmarks.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.theseus.benchmarks.fleet.desk.Desk;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class WithVersionTest {
    private static final String HOARD = "io/theseus/benchmarks/fleet/hoard/";

    @Test
    void theVersionIsWhereItsTextWas() {
        assertThat(made(Desk.class.getName().replace('.', '/'))).contains("versions=[3.1.4] query=");
        assertThat(made(HOARD + "Keeper")).contains("3.1.4");
    }

    @Test
    void aPartImplementsTheInterfaceOfItsApplication() {
        assertThat(made(HOARD + "Keeper")).contains("fleet/api/A0000").doesNotContain("fleet/api/Part");
    }

    private static String made(String path) {
        byte[] file = WithVersion.of(ClassFiles.read(path + ".class"), "3.1.4", Pattern.ownInterface(0));
        return new String(file, StandardCharsets.ISO_8859_1);
    }
}
