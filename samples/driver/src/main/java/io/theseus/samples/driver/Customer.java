// SPDX-License-Identifier: Apache-2.0
package io.theseus.samples.driver;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * One client with a connection, a session and accounts of its own. Nobody else posts to these accounts, so every answer must name
 * exactly the balance that the customer expects. Thread safety: for one thread at a time.
 */
final class Customer implements AutoCloseable {
    /** The balance of an account after a posting that got no answer: it may or may not have happened. */
    private static final long UNSURE = Long.MIN_VALUE;

    private static final int POSTS_OF_FOUR = 1;
    private static final int ASYNC_OF_TEN = 1;

    private final int port;
    private final String prefix;
    private final long[] balances;
    private final SplittableRandom random;
    private @Nullable HttpConnection connection;
    private Optional<String> cookie = Optional.empty();
    private long visits;
    private long postings;
    private long unanswered;
    private int opened;

    Customer(int port, int number, int accounts) {
        this.port = port;
        this.prefix = "customer-" + number + '-';
        this.balances = new long[accounts];
        this.random = new SplittableRandom(number);
    }

    /** The container was started anew: nobody knows this customer any more. */
    void forgotten() {
        close();
        cookie = Optional.empty();
        visits = 0;
        postings = 0;
        unanswered = 0;
        opened = 0;
        Arrays.fill(balances, 0);
    }

    boolean hasOpenedAll() {
        return opened == balances.length;
    }

    /** Posts to the next account that nothing was posted to yet. */
    void open(Tally tally) {
        post(opened, 1 + random.nextInt(1000), tally);
        opened++;
    }

    /** Makes one call: looks or posts. */
    void call(Tally tally) {
        int account = random.nextInt(balances.length);
        if (random.nextInt(4) < POSTS_OF_FOUR) {
            post(account, 1 + random.nextInt(1000), tally);
        } else {
            look(account, random.nextInt(10) < ASYNC_OF_TEN, tally);
        }
    }

    long postings() {
        return postings;
    }

    long unanswered() {
        return unanswered;
    }

    /** What all its accounts must hold together. */
    long cents() {
        return Arrays.stream(balances).filter(b -> b != UNSURE).sum();
    }

    private void look(int account, boolean async, Tally tally) {
        String target = "/checkout?account=" + prefix + account + "&item=tea&quantity=" + (1 + random.nextInt(20))
                + (async ? "&async=true" : "");
        exchange("GET", target, tally).ifPresent(answer -> expectBalance(account, answer, tally));
    }

    private void post(int account, int cents, Tally tally) {
        String target = "/checkout?account=" + prefix + account + "&amount=" + cents;
        Optional<Answer> answer = exchange("POST", target, tally);
        if (answer.isEmpty()) {
            balances[account] = UNSURE;
            unanswered++;
            return;
        }
        postings++;
        if (balances[account] != UNSURE) {
            balances[account] += cents;
        }
        expectBalance(account, answer.get(), tally);
    }

    private void expectBalance(int account, Answer answer, Tally tally) {
        long told = answer.number("balance").orElse(UNSURE);
        if (told != balances[account] && balances[account] != UNSURE) {
            tally.lost(1);
        }
        balances[account] = told;
    }

    /** The answer, if it is a good one; else the failure is in the tally. */
    private Optional<Answer> exchange(String method, String target, Tally tally) {
        try {
            HttpConnection open = connection;
            if (open == null) {
                open = new HttpConnection(port);
                connection = open;
            }
            Answer answer = open.exchange(method, target, cookie);
            if (answer.closes()) {
                close();
                tally.failed("the server closed a connection after " + answer.status());
                return answer.status() == 200 ? checked(answer, tally) : Optional.empty();
            }
            if (answer.status() != 200) {
                tally.failed(answer.status() + " for " + method + ' ' + target.split("\\?")[0]);
                return Optional.empty();
            }
            return checked(answer, tally);
        } catch (IOException | RuntimeException dropped) {
            close();
            tally.failed(String.valueOf(dropped));
            return Optional.empty();
        }
    }

    private Optional<Answer> checked(Answer answer, Tally tally) {
        List<String> versions = answer.versions();
        if (versions.isEmpty()) {
            tally.failed("an answer without versions");
            return Optional.empty();
        }
        tally.met(versions);
        long told = answer.number("visits").orElse(0);
        if (told != visits + 1) {
            tally.lostSession();
        }
        visits = told;
        if (answer.cookie().isPresent()) {
            cookie = answer.cookie();
        }
        return Optional.of(answer);
    }

    @Override
    public void close() {
        HttpConnection open = connection;
        if (open != null) {
            open.close();
            connection = null;
        }
    }
}
