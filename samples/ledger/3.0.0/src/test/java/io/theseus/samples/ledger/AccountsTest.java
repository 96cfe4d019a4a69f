// SPDX-License-Identifier: Apache-2.0
package io.theseus.samples.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.theseus.api.Change;
import io.theseus.api.Direction;
import io.theseus.samples.shop.Ledger.Total;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
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
    void takesNoBooksThatWereNeverAudited() {
        accounts.post("a", 12);
        LedgerState state = new LedgerState(new ConcurrentHashMap<>(Map.of("b", 5L)), 1, List.of(), "EUR", false);
        Change change = new Change(Direction.UP, new Version(2, 0, 0), new Version(3, 0, 0), Map.of());

        assertThatThrownBy(() -> accounts.codeChange(state, change))
                .hasMessage("the books of ledger 2.0.0 with 1 accounts were never audited");
        assertThat(accounts.total()).isEqualTo(new Total(1, 1, 12, 0));
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
