// SPDX-License-Identifier: Apache-2.0
package io.theseus.itests;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/** Buys in a shop all the time. Thread safety: for use by one thread, beside its own. */
final class Customer implements AutoCloseable {
    /** What was answered in place of 200. */
    final Queue<String> complaints = new ConcurrentLinkedQueue<>();

    private final Shop shop;
    private final AtomicLong bought = new AtomicLong();
    private final Thread thread = new Thread(this::buy, "customer");

    Customer(Shop shop) {
        this.shop = shop;
        thread.start();
        goOn();
    }

    /** Until it has bought some more. */
    void goOn() {
        long before = bought.get();
        await().atMost(Duration.ofSeconds(30)).until(() -> bought.get() > before + 5);
    }

    private void buy() {
        try {
            while (true) {
                String answer = shop.buy();
                bought.incrementAndGet();
                if (!answer.startsWith("200 ")) {
                    complaints.add(answer);
                }
            }
        } catch (IOException e) {
            complaints.add(e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
