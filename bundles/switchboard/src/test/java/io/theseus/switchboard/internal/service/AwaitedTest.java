// SPDX-License-Identifier: Apache-2.0
package io.theseus.switchboard.internal.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Who is told of a service. To be told in vain costs time, not to be told loses a service: in doubt somebody listens. */
class AwaitedTest {
    private final Awaited awaited = new Awaited();

    private boolean by(long bundle, String... names) {
        return awaited.by(id -> id == bundle, names);
    }

    @Test
    void aBundleListensForTheTypesOfItsFilters() {
        awaited.listens(7, "(&(objectClass=a.Ledger)(name=x))");

        assertThat(by(7, "a.Ledger")).isTrue();
        assertThat(by(7, "a.Other", "a.Ledger")).isTrue();
        assertThat(by(7, "a.Other")).isFalse();
        assertThat(by(8, "a.Ledger")).isFalse();
    }

    @Test
    void withoutAFilterItListensForAll() {
        awaited.listens(7, null);

        assertThat(by(7, "a.Ledger")).isTrue();
    }

    @Test
    void aFilterThatIsNotAboutOneTypeIsAboutAll() {
        for (String filter : List.of(
                "(name=x)",
                "(objectClass=*)",
                "(objectClass=a.*)",
                "(objectClass~=a.other)",
                "(|(objectClass=a.Other)(name=x))",
                "(!(objectClass=a.Other))",
                "(objectClass=a.\\4cedger)")) {
            Awaited each = new Awaited();
            each.listens(7, filter);
            assertThat(each.by(id -> id == 7, new String[] {"a.Ledger"}))
                    .as(filter)
                    .isTrue();
        }
    }

    @Test
    void theNameOfTheAttributeMayBeWrittenAsOneLikes() {
        awaited.listens(7, "( OBJECTCLASS = a.Ledger )".replace("= ", "="));

        assertThat(by(7, "a.Ledger")).isTrue();
        assertThat(by(7, "a.Other")).isFalse();
    }

    @Test
    void whoBeginsToListenWhileAnotherStopsIsHeard() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        CompletableFuture<Void> other = CompletableFuture.runAsync(() -> {
            while (!done.get()) {
                awaited.listens(7, "(objectClass=a.Ledger)");
                awaited.forget(7);
            }
        });
        try {
            for (int i = 0; i < 50_000; i++) {
                awaited.listens(8, "(objectClass=a.Ledger)");
                assertThat(by(8, "a.Ledger")).isTrue();
                awaited.forget(8);
            }
        } finally {
            done.set(true);
            other.get();
        }
    }

    @Test
    void whoHasStoppedListensNoLonger() {
        awaited.listens(7, null);
        awaited.listens(7, "(objectClass=a.Ledger)");
        awaited.listens(8, "(objectClass=a.Ledger)");

        awaited.forget(7);

        assertThat(by(7, "a.Ledger")).isFalse();
        assertThat(by(8, "a.Ledger")).isTrue();
    }
}
