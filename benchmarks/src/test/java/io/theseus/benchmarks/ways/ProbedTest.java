// SPDX-License-Identifier: Apache-2.0
package io.theseus.benchmarks.ways;

import static org.assertj.core.api.Assertions.assertThat;

import io.theseus.benchmarks.bundles.probe.Tally;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProbedTest {
    @Test
    void readsWhatTheProbePrints() {
        Probed probed = Probed.parse("""
                calls=12 failed=2 longest_us=3400
                failure 2 x orders: java.lang.IllegalStateException: no
                answer orders 2.17.2 81
                event STOPPED 57 com.acme.audit 1.0.0.final
                """);

        assertThat(probed.noticed())
                .extracting(Noticed::calls, Noticed::failed, Noticed::longestMicros)
                .containsExactly(12L, 2L, 3400L);
        assertThat(probed.noticed().failures()).containsExactly("2 x orders: java.lang.IllegalStateException: no");
        assertThat(probed.answers()).containsEntry("orders", "2.17.2 81");
        assertThat(probed.events())
                .extracting(Probed.Event::toString)
                .containsExactly("STOPPED com.acme.audit 1.0.0.final (bundle 57)");
    }

    @Test
    void readsWhatATallyPrints() {
        Tally tally = new Tally();
        tally.called(3_400_000);
        tally.called(1_000_000);
        tally.failed("404 for GET");

        assertThat(Probed.parse(tally.toString()).noticed())
                .isEqualTo(new Noticed(2, 1, 3400, List.of("1 x 404 for GET")));
    }
}
