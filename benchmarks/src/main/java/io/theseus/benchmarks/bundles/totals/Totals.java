// SPDX-License-Identifier: Apache-2.0
package io.theseus.benchmarks.bundles.totals;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Supplier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Sums up what the stock says in JSON, as a tree and as a stream. An answer of another version of Jackson than its own is a failure. */
@Component(property = "ways.call=totals")
public final class Totals implements Supplier<String> {
    private final ObjectMapper mapper = new ObjectMapper();
    private final Supplier<String> stock;

    @Activate
    public Totals(@Reference(target = "(ways.call=stock)") Supplier<String> stock) {
        this.stock = stock;
    }

    @Override
    public String get() {
        String[] told = stock.get().split(" ", 2);
        String version = mapper.version().toString();
        try {
            long tree = tree(told[1]);
            long stream = stream(told[1]);
            if (!told[0].equals(version) || tree != stream) {
                throw new IllegalStateException(
                        version + " got " + told[0] + ", and sums up to " + tree + " or " + stream);
            }
            ObjectNode total = mapper.createObjectNode().put("total", tree);
            return version + " " + mapper.writeValueAsString(total);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private long tree(String json) throws IOException {
        long sum = 0;
        for (JsonNode count : mapper.readTree(json)) {
            sum += count.longValue();
        }
        return sum;
    }

    private long stream(String json) throws IOException {
        long sum = 0;
        try (JsonParser parser = mapper.getFactory().createParser(json)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                sum += token == JsonToken.VALUE_NUMBER_INT ? parser.getLongValue() : 0;
            }
        }
        return sum;
    }
}
