// SPDX-License-Identifier: Apache-2.0
package io.theseus.benchmarks.ways;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class ChangesTest {
    private final Changes changes = new Changes();

    @Test
    void whoIsSuspendedIsPausedAndEveryRowHasMoved() throws Exception {
        changes.add(new ObjectMapper().readTree("""
                {"applications": [{"application": "a.b"}, {"application": "a.b.c"}, {"application": "d"}],
                 "script": [{"instruction": "load_object_code: {application: d, version: 1.0.0}"},
                            {"instruction": "suspend: [{application: a.b.c, component: d.Component}]"}]}
                """));

        assertThat(changes.moved()).containsExactly("a.b", "a.b.c", "d");
        assertThat(changes.paused()).containsExactly("a.b.c");
    }
}
