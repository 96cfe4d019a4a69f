// SPDX-License-Identifier: Apache-2.0
package io.theseus.switchboard.internal.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.framework.ServiceReference;

class ServicePropertiesTest {
    /** A service whose property "gone" is taken away between the look at the keys and the look at the value. */
    private static ServiceReference<?> raw(Map<String, Object> properties) {
        return (ServiceReference<?>) Proxy.newProxyInstance(
                ServicePropertiesTest.class.getClassLoader(),
                new Class<?>[] {ServiceReference.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("getPropertyKeys")) {
                        return properties.keySet().toArray(String[]::new);
                    }
                    return arguments[0].equals("gone") ? null : properties.get(arguments[0]);
                });
    }

    @Test
    void whatTheFrameworkSaysOfTheRawServiceIsNotCopied() {
        assertThat(ServiceProperties.of(
                        raw(Map.of("name", "one", "service.id", 7L, "component.id", 8L, "gone", "")), "store"))
                .containsExactlyInAnyOrderEntriesOf(Map.of("name", "one", "theseus.application", "store"));
    }

    @Test
    void consumersAreToldOfAnotherValue() {
        assertThat(ServiceProperties.differ(Map.of("name", "one"), Map.of("name", "two")))
                .isTrue();
        assertThat(ServiceProperties.differ(Map.of("name", "one"), Map.of())).isTrue();
    }

    @Test
    void arraysOfTheSameAreTheSame() {
        assertThat(ServiceProperties.differ(
                        Map.of("names", new String[] {"one", "two"}), Map.of("names", new String[] {"one", "two"})))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"servlet.init.size", "filter.init.size", "context.init.size"})
    void consumersAreNotToldOfInitialParameters(String parameter) {
        assertThat(ServiceProperties.differ(Map.of(parameter, "1"), Map.of(parameter, "2")))
                .isFalse();
    }

    @Test
    void aWhiteboardReadsThePropertiesFromTheDictionary() {
        assertThat(ServiceProperties.dictionary(Map.of("name", "one")).get("name"))
                .isEqualTo("one");
    }
}
