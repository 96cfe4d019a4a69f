// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Files that are nearly right, and noise: read or refused, whatever they are. As many as the system property {@code fuzz.inputs} says,
 * from {@code fuzz.seed} on; a failure names the seed of its input.
 */
class FuzzTest {
    private static final long MEMORY = 64_000_000;
    private static final int INPUTS = Integer.getInteger("fuzz.inputs", 40_000);
    private static final long SEED = Long.getLong("fuzz.seed", 1);

    @ParameterizedTest
    @EnumSource(Reading.class)
    @Timeout(value = 1, unit = TimeUnit.HOURS)
    void whateverAFileHoldsItIsReadOrRefused(Reading reading) {
        List<String> seeds = reading.seeds();
        assertThat(seeds).hasSizeGreaterThan(3);
        for (long seed = SEED; seed < SEED + INPUTS / Reading.values().length; seed++) {
            byte[] input = new Mutations(seed, seeds).next();
            try {
                long allocated = reading.measured(input);
                if (allocated > MEMORY) {
                    fail("reading took " + allocated + " bytes of memory");
                }
            } catch (RuntimeException | Error e) {
                throw new AssertionError(
                        reading + ", seed " + seed + ":\n" + new String(input, StandardCharsets.ISO_8859_1), e);
            }
        }
    }
}
