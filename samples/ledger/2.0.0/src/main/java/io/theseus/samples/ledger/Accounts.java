// SPDX-License-Identifier: Apache-2.0
package io.theseus.samples.ledger;

import io.theseus.api.Change;
import io.theseus.api.CodeChange;
import io.theseus.samples.shop.Ledger;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/** Accounts in memory. What is posted is counted into batches, which a thread closes while the application serves. */
@Component(
        name = "ledger.Accounts",
        service = {Ledger.class, CodeChange.class})
public final class Accounts implements Ledger, CodeChange<LedgerState> {
    static final String VERSION = "2.0.0";

    // Made while nobody waits: resume, for which callers do, has only to start it.
    private final BatchCloser closer = new BatchCloser(this::closeBatch);
    // Plain fields: Theseus calls the three methods below with a happens-before edge to the calls before and after.
    private ConcurrentMap<String, Long> balances = new ConcurrentHashMap<>();
    private String currency = "EUR";
    private Batches batches = new Batches(0, currency, List.of());

    @Override
    public long post(String account, long cents) {
        long balance = balances.merge(account, cents, Long::sum);
        batches.posted(cents);
        return balance;
    }

    @Override
    public long balance(String account) {
        return balances.getOrDefault(account, 0L);
    }

    @Override
    public Total total() {
        long cents = balances.values().stream().mapToLong(Long::longValue).sum();
        return new Total(balances.size(), batches.postings(), cents, batches.lastNumber());
    }

    @Override
    public String version() {
        return VERSION;
    }

    /** Stops the closer and answers the books. The map goes by reference, however many accounts are in it. */
    @Override
    public LedgerState suspend() {
        closer.stop();
        batches.close();
        return new LedgerState(balances, batches.postings(), batches.closed(), currency);
    }

    /** Takes the books over. Those of 1.x name no currency: the appup's {@code extra} says what they are kept in. */
    @Override
    public void codeChange(LedgerState state, Change change) {
        balances = state.balances();
        currency = change.extra().get("currency") instanceof String named ? named : state.currency();
        batches = new Batches(state.postings(), currency, state.batches());
    }

    @Override
    public void resume() {
        closer.start();
    }

    private void closeBatch() {
        batches.close();
    }

    @Deactivate
    void deactivate() {
        closer.stop();
    }
}
