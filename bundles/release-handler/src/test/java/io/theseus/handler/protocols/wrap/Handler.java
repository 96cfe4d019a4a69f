// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.protocols.wrap;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes other bytes each time, as the real one does. The JDK finds it by its name. */
public final class Handler extends URLStreamHandler {
    private static final AtomicInteger TIME = new AtomicInteger();

    @Override
    protected URLConnection openConnection(URL url) {
        return new URLConnection(url) {
            @Override
            public void connect() {}

            @Override
            public InputStream getInputStream() throws IOException {
                try (InputStream in = new URL(url.getFile()).openStream()) {
                    String text = new String(in.readAllBytes(), StandardCharsets.UTF_8) + " " + TIME.incrementAndGet();
                    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
                }
            }
        };
    }
}
