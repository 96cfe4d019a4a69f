// SPDX-License-Identifier: Apache-2.0
package io.theseus.benchmarks;

import io.theseus.itests.KarafProcess;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** A container for the sample shop, in a folder that goes with it. {@code benchmarks/run} says where the build put the parts. */
final class Shop implements AutoCloseable {
    private static final Duration REQUEST = Duration.ofSeconds(20);

    private final Scratch scratch;
    private final KarafProcess karaf;
    private final HttpClient client =
            HttpClient.newBuilder().cookieHandler(new CookieManager()).build();

    private Shop(Scratch scratch, KarafProcess karaf) {
        this.scratch = scratch;
        this.karaf = karaf;
    }

    static Shop unpack() throws IOException {
        Scratch scratch = Scratch.of("theseus-benchmark");
        return new Shop(scratch, Built.container(scratch.folder().resolve("karaf")));
    }

    KarafProcess karaf() {
        return karaf;
    }

    /** Buys something; answers whether the shop said 200. */
    boolean checkout() {
        URI uri = karaf.http("/checkout?account=benchmark&item=tea&quantity=1");
        try {
            return client.send(HttpRequest.newBuilder(uri).timeout(REQUEST).build(), BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the shop", e);
        }
    }

    @Override
    public void close() {
        karaf.close();
        scratch.close();
    }
}
