// SPDX-License-Identifier: Apache-2.0
package io.theseus.switchboard.internal.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ServiceKeyTest {
    private static ServiceKey key(Map<String, Object> properties) {
        return ServiceKey.of(List.of("api.Work"), properties::get);
    }

    @Test
    void onlyMarksCountAmongTheProperties() {
        assertThat(key(Map.of("service.pid", "pid", "service.ranking", 7)))
                .isEqualTo(new ServiceKey(Set.of("api.Work"), Map.of("service.pid", List.of("pid"))));
    }

    @Test
    void servicesOfOtherMarksAreNoSuccessors() {
        assertThat(key(Map.of("component.name", "one"))).isNotEqualTo(key(Map.of("component.name", "two")));
    }

    @Test
    void aMarkOfManyCountsInAnyOrderAndShape() {
        String mark = "osgi.http.whiteboard.servlet.pattern";
        ServiceKey key = new ServiceKey(Set.of("api.Work"), Map.of(mark, List.of("/a", "/b")));

        assertThat(key(Map.of(mark, new String[] {"/b", "/a"}))).isEqualTo(key);
        assertThat(key(Map.of(mark, List.of("/b", "/a")))).isEqualTo(key);
    }
}
