// SPDX-License-Identifier: Apache-2.0
package io.theseus.framework.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.theseus.framework.internal.CallerEdges.ServiceUse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CallerEdgesTest {
    private static final Optional<String> RAW = Optional.empty();

    private static Map<Long, Set<Long>> callers(List<ServiceUse> services, Map<Long, Set<Long>> packages) {
        return CallerEdges.callers(services, packages, Map.of("ledger", Set.of(10L, 11L)), Set.of(1L, 2L));
    }

    @Test
    void usersOfARawServiceCallItsRegistrar() {
        assertThat(callers(List.of(new ServiceUse(20, RAW, Set.of(30L))), Map.of()))
                .isEqualTo(Map.of(20L, Set.of(30L)));
    }

    @Test
    void usersOfAStableServiceCallEveryVersionOfItsApplicationAndNotTheSwitchboard() {
        assertThat(callers(List.of(new ServiceUse(1, Optional.of("ledger"), Set.of(30L, 31L))), Map.of()))
                .isEqualTo(Map.of(10L, Set.of(30L, 31L), 11L, Set.of(30L, 31L)));
    }

    @Test
    void packageUsersCallTheirProvider() {
        assertThat(callers(List.of(), Map.of(20L, Set.of(30L), 21L, Set.of()))).isEqualTo(Map.of(20L, Set.of(30L)));
    }

    @Test
    void neitherTheSystemBundleNorTheseusOwnBundlesCallOrAreCalled() {
        List<ServiceUse> services = List.of(
                new ServiceUse(0, RAW, Set.of(30L)),
                new ServiceUse(2, RAW, Set.of(30L)),
                new ServiceUse(20, RAW, Set.of(0L, 1L, 2L)));

        assertThat(callers(services, Map.of(0L, Set.of(30L), 1L, Set.of(30L), 20L, Set.of(0L, 2L))))
                .isEmpty();
    }

    @Test
    void aBundleIsNotItsOwnCaller() {
        assertThat(callers(List.of(new ServiceUse(20, RAW, Set.of(20L))), Map.of()))
                .isEmpty();
    }

    @Test
    void anApplicationThatIsGoneHasNoCallers() {
        assertThat(callers(List.of(new ServiceUse(1, Optional.of("gone"), Set.of(30L))), Map.of()))
                .isEmpty();
    }
}
