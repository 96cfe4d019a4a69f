// SPDX-License-Identifier: Apache-2.0
package io.theseus.samples.driver;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * One keep-alive connection of HTTP/1.1. A plain socket, so that a dropped connection is noticed and never retried behind our
 * back. Thread safety: for one thread at a time.
 */
public final class HttpConnection implements AutoCloseable {
    private static final int TIMEOUT_MS = 15_000;

    private final int port;
    private final Socket socket = new Socket();
    private final InputStream in;
    private final OutputStream out;

    public HttpConnection(int port) throws IOException {
        this.port = port;
        try {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(TIMEOUT_MS);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MS);
            in = new BufferedInputStream(socket.getInputStream());
            out = socket.getOutputStream();
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    public Answer exchange(String method, String target, Optional<String> cookie) throws IOException {
        String request = method + ' ' + target + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\n"
                + cookie.map(c -> "Cookie: " + c + "\r\n").orElse("")
                + ("POST".equals(method) ? "Content-Length: 0\r\n" : "") + "\r\n";
        out.write(request.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
        return answer();
    }

    private Answer answer() throws IOException {
        int status = Integer.parseInt(line().split(" ")[1]);
        int length = -1;
        boolean chunked = false;
        boolean closes = false;
        Optional<String> cookie = Optional.empty();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
            String value = line.substring(colon + 1).strip();
            switch (name) {
                case "content-length" -> length = Integer.parseInt(value);
                case "transfer-encoding" -> chunked = "chunked".equalsIgnoreCase(value);
                case "connection" -> closes = "close".equalsIgnoreCase(value);
                case "set-cookie" -> cookie = Optional.of(value.split(";")[0]);
                default -> {}
            }
        }
        if (!chunked && length < 0) {
            throw new IOException("an answer without a length");
        }
        byte[] body = chunked ? chunks() : bytes(length);
        return new Answer(status, new String(body, StandardCharsets.UTF_8), cookie, closes);
    }

    private byte[] chunks() throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int size = chunkSize(); size > 0; size = chunkSize()) {
            all.write(bytes(size));
            line();
        }
        line();
        return all.toByteArray();
    }

    private int chunkSize() throws IOException {
        return Integer.parseInt(line().split(";")[0].strip(), 16);
    }

    private byte[] bytes(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("the connection was dropped inside an answer");
        }
        return bytes;
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("the connection was dropped");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException alreadyBroken) {
            // nothing is left to close
        }
    }
}
