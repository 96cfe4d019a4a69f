// SPDX-License-Identifier: Apache-2.0
package io.theseus.samples.driver;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The shop as its accountant sees it: the sums, from outside of all counted calls. */
final class Shop {
    private final int port;

    Shop(int port) {
        this.port = port;
    }

    Answer books() throws IOException {
        try (HttpConnection connection = new HttpConnection(port)) {
            Answer answer = connection.exchange("GET", "/checkout/books", Optional.empty());
            if (answer.status() != 200) {
                throw new IOException("the books can not be read: status " + answer.status());
            }
            return answer;
        }
    }

    /** Returns when the shop answers. */
    void awaitOpen(Duration limit) throws IOException {
        long end = System.nanoTime() + limit.toNanos();
        while (true) {
            try {
                books();
                return;
            } catch (IOException notYet) {
                if (System.nanoTime() > end) {
                    throw new IOException("the shop did not open in " + limit.toSeconds() + " s", notYet);
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
            }
        }
    }

    /** How many of the postings that the customers got an answer to are not in the books. To be called in silence. */
    long lost(Traffic traffic) throws IOException {
        Answer books = books();
        long missing = traffic.postings() - books.number("postings").orElse(0);
        if (traffic.unanswered() > 0) {
            return Math.max(0, missing);
        }
        boolean sumDiffers = traffic.cents() != books.number("cents").orElse(0);
        return missing == 0 && sumDiffers ? 1 : Math.abs(missing);
    }
}
