// SPDX-License-Identifier: Apache-2.0
package io.theseus.switchboard.internal.service;

import java.util.Dictionary;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;

/** The properties of a stable service: a copy of those of the raw service it stands for. */
final class ServiceProperties {
    /** Names the application of a stable service. */
    static final String APPLICATION = "theseus.application";

    /** Numbers stable services; tells ours apart while they are being registered. */
    static final String SERVICE = "theseus.service";

    private static final Set<String> NOT_COPIED = Set.of(
            Constants.OBJECTCLASS,
            Constants.SERVICE_ID,
            Constants.SERVICE_BUNDLEID,
            Constants.SERVICE_SCOPE,
            "component.id");

    private ServiceProperties() {}

    static Map<String, Object> of(ServiceReference<?> raw, String application) {
        Map<String, Object> copy = new TreeMap<>();
        for (String key : raw.getPropertyKeys()) {
            Object value = raw.getProperty(key);
            if (value != null && !NOT_COPIED.contains(key)) {
                copy.put(key, value);
            }
        }
        copy.put(APPLICATION, application);
        return copy;
    }

    /**
     * Whether consumers must be told. Initial parameters of servlets and filters do not count: the successor was initialised
     * with its own already, and a whiteboard would take the servlet away to bring it back.
     */
    static boolean differ(Map<String, Object> before, Map<String, Object> after) {
        return !told(before).equals(told(after));
    }

    private static Map<String, Object> told(Map<String, Object> properties) {
        Map<String, Object> told = new TreeMap<>();
        properties.forEach((key, value) -> {
            if (!key.startsWith("servlet.init.")
                    && !key.startsWith("filter.init.")
                    && !key.startsWith("context.init.")) {
                told.put(key, new Value(value));
            }
        });
        return told;
    }

    static Dictionary<String, Object> dictionary(Map<String, Object> properties) {
        return FrameworkUtil.asDictionary(properties);
    }

    /** Compares arrays by what is in them. */
    private record Value(Object value) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Value that && Objects.deepEquals(value, that.value);
        }

        @Override
        public int hashCode() {
            return value.getClass().hashCode();
        }
    }
}
