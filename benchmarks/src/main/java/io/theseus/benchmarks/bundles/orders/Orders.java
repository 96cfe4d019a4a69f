// SPDX-License-Identifier: Apache-2.0
package io.theseus.benchmarks.bundles.orders;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.osgi.service.component.annotations.Component;

/** Writes orders as JSON and reads them again; what comes back must be the same. */
@Component(property = "ways.call=orders")
public final class Orders implements Supplier<String> {
    private final ObjectMapper mapper = new ObjectMapper().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);
    private final AtomicLong number = new AtomicLong();

    @JsonPropertyOrder({"number", "lines", "notes"})
    record Order(long number, @JsonProperty("items") List<Line> lines, Map<String, String> notes) {}

    record Line(String item, int quantity, BigDecimal price) {}

    @Override
    public String get() {
        long next = number.incrementAndGet();
        Order order = new Order(
                next,
                List.of(
                        new Line("tea", 2, new BigDecimal("3.50")),
                        new Line("rope", (int) (next % 100), new BigDecimal("12.00"))),
                Map.of("to", "Piraeus", "by", "ship"));
        try {
            String json = mapper.writeValueAsString(order);
            Order read = mapper.readValue(json, Order.class);
            if (!read.equals(order) || !json.contains("\"items\":[")) {
                throw new IllegalStateException(order + " became " + json + " became " + read);
            }
            return mapper.version() + " " + json.length();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
