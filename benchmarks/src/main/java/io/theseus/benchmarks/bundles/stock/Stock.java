// SPDX-License-Identifier: Apache-2.0
package io.theseus.benchmarks.bundles.stock;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.theseus.api.Change;
import io.theseus.api.CodeChange;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.osgi.service.component.annotations.Component;

/** Keeps what deliveries in JSON have brought; the total must be that of the deliveries, over all versions. */
@Component(
        service = {Supplier.class, CodeChange.class},
        property = "ways.call=stock")
public final class Stock implements Supplier<String>, CodeChange<Map<String, Long>> {
    private static final String DELIVERED = Stock.class.getName() + ".delivered";

    private final ObjectMapper mapper = new ObjectMapper();
    private Map<String, Long> pieces = new TreeMap<>();

    @Override
    public synchronized String get() {
        try {
            Map<String, Long> delivery = mapper.readValue("{\"tea\": 3, \"rope\": 1}", new TypeReference<>() {});
            delivery.forEach((item, count) -> pieces.merge(item, count, Long::sum));
            long total = pieces.values().stream().mapToLong(Long::longValue).sum();
            // What outlives every version: somebody who remembers how much was delivered.
            long delivered = Long.getLong(DELIVERED, 0) + 4;
            System.setProperty(DELIVERED, Long.toString(delivered));
            if (total != delivered) {
                throw new IllegalStateException("delivered were " + delivered + ", there are " + total);
            }
            return mapper.version() + " " + mapper.writeValueAsString(pieces);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public synchronized Map<String, Long> suspend() {
        return new TreeMap<>(pieces);
    }

    @Override
    public synchronized void codeChange(Map<String, Long> state, Change change) {
        pieces = new TreeMap<>(state);
    }

    @Override
    public void resume() {
        // Nothing runs between calls.
    }
}
