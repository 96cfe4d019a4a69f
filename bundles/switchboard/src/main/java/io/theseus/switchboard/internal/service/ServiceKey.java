// SPDX-License-Identifier: Apache-2.0
package io.theseus.switchboard.internal.service;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What makes a service of one version the successor of a service of another. A value.
 *
 * @param interfaces names of the interfaces
 * @param marks component name, pid and whiteboard names and patterns, as far as there are any
 */
record ServiceKey(Set<String> interfaces, Map<String, List<String>> marks) {
    private static final List<String> MARKS = List.of(
            "component.name",
            "service.pid",
            "osgi.command.scope",
            "osgi.command.function",
            "osgi.http.whiteboard.servlet.name",
            "osgi.http.whiteboard.servlet.pattern",
            "osgi.http.whiteboard.filter.name",
            "osgi.http.whiteboard.filter.pattern",
            "osgi.http.whiteboard.filter.servlet",
            "osgi.http.whiteboard.filter.regex",
            "osgi.http.whiteboard.context.select");

    ServiceKey {
        interfaces = Set.copyOf(interfaces);
        marks = Map.copyOf(marks);
    }

    static ServiceKey of(Collection<String> interfaces, Function<String, @Nullable Object> property) {
        Map<String, List<String>> marks = new TreeMap<>();
        for (String mark : MARKS) {
            Object value = property.apply(mark);
            if (value != null) {
                marks.put(mark, texts(value));
            }
        }
        return new ServiceKey(Set.copyOf(interfaces), marks);
    }

    private static List<String> texts(Object value) {
        List<String> texts = new ArrayList<>();
        if (value instanceof Object[] many) {
            Arrays.stream(many).map(String::valueOf).forEach(texts::add);
        } else if (value instanceof Collection<?> many) {
            many.forEach(one -> texts.add(String.valueOf(one)));
        } else {
            texts.add(value.toString());
        }
        texts.sort(null);
        return texts;
    }
}
