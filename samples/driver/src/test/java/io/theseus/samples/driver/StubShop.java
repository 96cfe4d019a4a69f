// SPDX-License-Identifier: Apache-2.0
package io.theseus.samples.driver;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

/** A shop of one release at a time, without a container, and with a fault on request. */
final class StubShop implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, Long> balances = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> sessions = new ConcurrentHashMap<>();
    private final AtomicLong postings = new AtomicLong();
    private final AtomicInteger cookies = new AtomicInteger();
    volatile String version = "1.0.0";
    volatile int status = 200;
    volatile UnaryOperator<String> fault = line -> line;
    volatile boolean forgetsPostings;
    volatile boolean forgetsSessions;

    StubShop() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/checkout", this::checkout);
        server.createContext("/checkout/books", this::books);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** As a restart would. */
    void forget() {
        balances.clear();
        sessions.clear();
        postings.set(0);
    }

    private void checkout(HttpExchange exchange) throws IOException {
        Map<String, String> query = query(exchange);
        String account = query.getOrDefault("account", "");
        if ("POST".equals(exchange.getRequestMethod()) && !forgetsPostings) {
            balances.merge(account, Long.parseLong(query.get("amount")), Long::sum);
            postings.incrementAndGet();
        }
        String line = "versions=[" + version + ',' + version + "] balance=" + balances.getOrDefault(account, 0L)
                + " visits=" + visit(exchange) + '\n';
        answer(exchange, status, fault.apply(line));
    }

    private void books(HttpExchange exchange) throws IOException {
        long cents = balances.values().stream().mapToLong(Long::longValue).sum();
        answer(
                exchange,
                200,
                "versions=[" + version + "] accounts=" + balances.size() + " postings=" + postings + " cents=" + cents);
    }

    private int visit(HttpExchange exchange) {
        String cookie = exchange.getRequestHeaders().getFirst("Cookie");
        if (cookie == null || !sessions.containsKey(cookie) || forgetsSessions) {
            cookie = "SESSION=" + cookies.incrementAndGet();
            sessions.put(cookie, new AtomicInteger());
            exchange.getResponseHeaders().add("Set-Cookie", cookie + "; Path=/");
        }
        return sessions.get(cookie).incrementAndGet();
    }

    private static Map<String, String> query(HttpExchange exchange) {
        Map<String, String> query = new ConcurrentHashMap<>();
        for (String pair : exchange.getRequestURI().getQuery().split("&")) {
            query.put(pair.split("=")[0], pair.split("=")[1]);
        }
        return query;
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        // 0 means chunked: both ways of sending are met
        exchange.sendResponseHeaders(status, bytes.length % 2 == 0 ? 0 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
