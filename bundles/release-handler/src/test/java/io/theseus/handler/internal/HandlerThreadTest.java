// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class HandlerThreadTest {
    /** Release handling may be stopped between the end of an install and the first look at its bake. */
    @Test
    void nobodyLooksOnceItIsClosed() {
        HandlerThread thread = new HandlerThread();
        thread.close();

        assertThat(thread.every(Duration.ofMillis(1), () -> {})).isCancelled();
    }
}
