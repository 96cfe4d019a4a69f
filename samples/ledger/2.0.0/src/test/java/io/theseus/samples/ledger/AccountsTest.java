// SPDX-License-Identifier: Apache-2.0
package io.theseus.samples.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.theseus.api.Change;
import io.theseus.api.Direction;
import io.theseus.samples.shop.Ledger.Total;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Version;

class AccountsTest {
    private final Accounts accounts = new Accounts();

    @Test
    void addsUpWhatIsPostedToAnAccount() {
        assertThat(accounts.post("a", 12)).isEqualTo(12);
        assertThat(accounts.post("a", -2)).isEqualTo(10);
        assertThat(accounts.post("b", 5)).isEqualTo(5);

        assertThat(accounts.balance("a")).isEqualTo(10);
        assertThat(accounts.balance("nobody")).isZero();
        assertThat(accounts.total()).isEqualTo(new Total(2, 3, 15, 0));
    }

    @Test
    void closesBatchesFromResumeUntilSuspend() throws Exception {
        accounts.resume();
        accounts.post("a", 12);
        await().atMost(Duration.ofSeconds(5)).until(() -> accounts.total().batches() == 1);

        LedgerState state = accounts.suspend();

        assertThat(state.batches()).containsExactly(new Batch(1, 1, 12, "EUR"));
        await("the end of its thread")
                .atMost(Duration.ofSeconds(5))
                .until(() -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().equals("ledger-batches")));
    }

    @Test
    void goesOnWithItsStateWhenTheUpgradeIsUndone() throws Exception {
        accounts.post("a", 12);
        accounts.suspend();

        accounts.resume();

        assertThat(accounts.post("a", 1)).isEqualTo(13);
        accounts.deactivate();
    }

    @Test
    void handsItsAccountsOverByReference() throws Exception {
        accounts.post("a", 12);
        Accounts successor = new Accounts();

        LedgerState state = accounts.suspend();
        successor.codeChange(state, new Change(Direction.UP, new Version(1, 0, 0), new Version(2, 0, 0), Map.of()));

        assertThat(successor.total()).isEqualTo(new Total(1, 1, 12, 1));
        assertThat(successor.suspend().balances()).isSameAs(state.balances());
    }

    @Test
    void keepsItsBooksInTheCurrencyTheAppupSays() throws Exception {
        LedgerState state = accounts.suspend();
        Map<String, Object> extra = Map.of("currency", "SEK");

        accounts.codeChange(state, new Change(Direction.UP, new Version(1, 0, 0), new Version(2, 0, 0), extra));

        accounts.post("a", 12);
        assertThat(accounts.suspend().batches()).containsExactly(new Batch(1, 1, 12, "SEK"));
    }

    @Test
    void keepsTheLastBatchesOnly() throws Exception {
        for (int i = 0; i < Batches.KEPT + 20; i++) {
            accounts.post("a", 1);
            accounts.suspend();
        }

        LedgerState state = accounts.suspend();

        assertThat(state.batches()).hasSize(Batches.KEPT);
        assertThat(state.batches().get(Batches.KEPT - 1).number()).isEqualTo(Batches.KEPT + 20);
    }
}
