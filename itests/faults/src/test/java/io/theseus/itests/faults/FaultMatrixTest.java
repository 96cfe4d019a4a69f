// SPDX-License-Identifier: Apache-2.0
package io.theseus.itests.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A selection of {@code benchmarks/run faults} that takes seconds: every 47th fault. */
class FaultMatrixTest {
    @TempDir
    Path folder;

    private int number;

    @Test
    void whateverFailsNothingIsLost() throws Exception {
        FaultMatrix.Result result = new FaultMatrix(folder, System.out::println).run(fault -> number++ % 47 == 0);

        assertThat(result.instructions()).isGreaterThanOrEqualTo(30);
        assertThat(result.losses()).isEmpty();
        assertThat(result.survived()).isEqualTo(result.faults()).isGreaterThan(20);
        assertThat(result.failedCalls()).isZero();
        assertThat(result.lostState()).isZero();
        assertThat(result.calls()).isPositive();
    }
}
