// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.theseus.api.Change;
import io.theseus.api.CodeChange;
import io.theseus.api.StateDefault;
import io.theseus.release.Problem;
import io.theseus.release.RefusedException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.AbstractMap;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class StateTypesTest {
    /** A component of one version; the classes Old and New stand for the same class loaded from two bundles. */
    abstract static class Holder<T> implements CodeChange<T> {
        @Override
        public T suspend() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void codeChange(T state, Change change) {}

        @Override
        public void resume() {}
    }

    static final class Old {
        enum Kind {
            CASH,
            CARD
        }

        record Account(String id, int balance, Kind kind, Optional<Note> note) {}

        record Note(String text) {}

        record State(Map<String, Account> accounts, List<Account> recent, Account[] pinned, Set<Kind> kinds) {}

        record Tree(String name, List<Tree> children) {}

        record Box<T>(T value) {}

        sealed interface Event permits Paid, Refunded {}

        record Paid(long cents) implements Event {}

        record Refunded(String why) implements Event {}

        static class Plain {}
    }

    static final class New {
        enum Kind {
            CARD,
            CASH,
            VOUCHER
        }

        record Account(
                Kind kind,
                String id,
                long balance,
                Optional<Note> note,
                @StateDefault("EUR") String currency,
                @StateDefault("0.5") BigDecimal rate,
                @StateDefault("PT1M") Duration age,
                @StateDefault("") List<String> tags,
                @StateDefault("VOUCHER") Kind second) {}

        record Note(String text) {}

        record State(Map<String, Account> accounts, List<Account> recent, Account[] pinned, Set<Kind> kinds) {}

        record Tree(String name, List<Tree> children) {}

        record Box<T>(T value) {}

        sealed interface Event permits Paid, Refunded {}

        record Paid(long cents) implements Event {}

        record Refunded(String why) implements Event {}

        static class Plain {}
    }

    record Lost(String id) {}

    record Full(String id, String note) {}

    static class OldAccounts extends Holder<Old.State> {}

    static class NewAccounts extends Holder<New.State> {}

    static class Balances extends Holder<Map<String, Long>> {}

    static class MoreBalances extends Holder<Map<String, Long>> {}

    static class IntBalances extends Holder<Map<String, Integer>> {}

    static class OldTree extends Holder<Old.Tree> {}

    static class NewTree extends Holder<New.Tree> {}

    static class OldBox extends Holder<Old.Box<Old.Note>> {}

    static class NewBox extends Holder<New.Box<New.Note>> {}

    static class OldEvents extends Holder<List<Old.Event>> {}

    static class NewEvents extends Holder<List<New.Event>> {}

    static class OldSorted extends Holder<SortedMap<String, Old.Note>> {}

    static class NewSorted extends Holder<SortedMap<String, New.Note>> {}

    static class FullHolder extends Holder<Full> {}

    static class LostHolder extends Holder<Lost> {}

    static class OldPlain extends Holder<Old.Plain> {}

    static class NewPlain extends Holder<New.Plain> {}

    static class Anything extends Holder<Map<String, Object>> {}

    @SuppressWarnings("rawtypes")
    static class Raw extends Holder {
        @Override
        @SuppressWarnings("unchecked")
        public void codeChange(Object state, Change change) {}
    }

    @Test
    void sharedTypesPassByReferenceWithoutBeingWalked() {
        Map<String, Long> accounts = new AbstractMap<>() {
            @Override
            public Set<Entry<String, Long>> entrySet() {
                throw new AssertionError("100 000 accounts were walked");
            }
        };

        Converter converter = compare(Balances.class, MoreBalances.class);

        assertThat(converter.byReference()).isTrue();
        assertThat(converter.convert(accounts) == accounts).isTrue();
    }

    @Test
    void recordsAreConvertedByComponentNameAllTheWayDown() {
        Old.Account alice = new Old.Account("alice", 5, Old.Kind.CARD, Optional.of(new Old.Note("vip")));
        Old.State state =
                new Old.State(Map.of("alice", alice), List.of(alice), new Old.Account[] {alice}, Set.of(Old.Kind.CASH));

        New.State converted =
                (New.State) compare(OldAccounts.class, NewAccounts.class).convert(state);

        New.Account expected = new New.Account(
                New.Kind.CARD,
                "alice",
                5L,
                Optional.of(new New.Note("vip")),
                "EUR",
                new BigDecimal("0.5"),
                Duration.ofMinutes(1),
                List.of(),
                New.Kind.VOUCHER);
        assertThat(converted).isNotNull();
        assertThat(converted.accounts()).isEqualTo(Map.of("alice", expected));
        assertThat(converted.recent()).containsExactly(expected);
        assertThat(converted.pinned()).containsExactly(expected);
        assertThat(converted.kinds()).containsExactly(New.Kind.CASH);
    }

    @Test
    void aHundredThousandAccountsAreAllThere() {
        Map<String, Old.Account> accounts = new HashMap<>();
        for (int i = 0; i < 100_000; i++) {
            accounts.put("a" + i, new Old.Account("a" + i, i, Old.Kind.CARD, Optional.empty()));
        }
        Old.State state = new Old.State(accounts, List.of(), new Old.Account[0], Set.of());

        New.State converted =
                (New.State) compare(OldAccounts.class, NewAccounts.class).convert(state);

        assertThat(converted).isNotNull();
        assertThat(converted.accounts().values().stream()
                        .mapToLong(New.Account::balance)
                        .sum())
                .isEqualTo(4_999_950_000L);
    }

    @Test
    void numbersWidenAndRecordsMayContainThemselvesOrBeGeneric() {
        assertThat(compare(IntBalances.class, Balances.class).convert(Map.of("a", 1)))
                .isEqualTo(Map.of("a", 1L));
        assertThat(compare(OldTree.class, NewTree.class)
                        .convert(new Old.Tree("a", List.of(new Old.Tree("b", List.of())))))
                .isEqualTo(new New.Tree("a", List.of(new New.Tree("b", List.of()))));
        assertThat(compare(OldBox.class, NewBox.class).convert(new Old.Box<>(new Old.Note("x"))))
                .isEqualTo(new New.Box<>(new New.Note("x")));
    }

    @Test
    void sealedFamiliesAreConvertedByRecordName() {
        assertThat(compare(OldEvents.class, NewEvents.class)
                        .convert(List.of(new Old.Paid(3), new Old.Refunded("late"))))
                .isEqualTo(List.of(new New.Paid(3), new New.Refunded("late")));
    }

    @Test
    void numbersDoNotBecomeNarrower() {
        assertThat(refusal(Balances.class, IntBalances.class))
                .contains("a value of the state is a Long and becomes a Integer");
    }

    @Test
    void aLostFieldIsNamedUnlessTheAppupAllowsTheLoss() {
        assertThat(refusal(FullHolder.class, LostHolder.class))
                .isEqualTo(
                        "ledger.Accounts 1.0.0 -> 2.0.0: record Full loses 'note'; keep it, or permit the loss in the appup: "
                                + "allow_loss: [note]");
        assertThat(StateTypes.compare(FullHolder.class, LostHolder.class, "x", Set.of("note"))
                        .convert(new Full("a", "b")))
                .isEqualTo(new Lost("a"));
        assertThat(StateTypes.compare(FullHolder.class, LostHolder.class, "x", Set.of("Full.note"))
                        .convert(new Full("a", "b")))
                .isEqualTo(new Lost("a"));
    }

    @Test
    void anAddedFieldWithoutADefaultIsNamed() {
        assertThat(refusal(LostHolder.class, FullHolder.class))
                .contains("record Full adds 'note' without saying what it is for the old state")
                .contains("@StateDefault");
    }

    @Test
    void everyLossOfTheWayBackIsSaidAtOnce() {
        RefusedException refused =
                catchThrowableOfType(RefusedException.class, () -> compare(NewAccounts.class, OldAccounts.class));

        assertThat(refused.problems())
                .extracting(Problem::text)
                .contains("record Account loses 'currency'", "record Account loses 'tags'")
                .contains("enum Kind no longer has VOUCHER")
                .anyMatch(text -> text.contains("'balance' of record Account is a long and becomes a int"));
    }

    @Test
    void whatDoesNotSayItsTypeIsRefused() {
        assertThat(refusal(Anything.class, Anything.class))
                .contains("declared with Object, which does not say what is in it");
        assertThat(refusal(Raw.class, Balances.class)).contains("implements CodeChange without saying of what");
    }

    @Test
    void aClassOfTheApplicationThatIsNoRecordIsRefused() {
        assertThat(refusal(OldPlain.class, NewPlain.class))
                .contains("the state is a Plain and becomes a Plain, and there is no conversion between them");
    }

    @Test
    void anOrderOfTheOldVersionDoesNotSurviveInTheNewOne() {
        SortedMap<String, Old.Note> sorted = new TreeMap<>(new Comparator<String>() {
            @Override
            public int compare(String a, String b) {
                return b.compareTo(a);
            }
        });
        Converter converter = compare(OldSorted.class, NewSorted.class);

        assertThatThrownBy(() -> converter.convert(sorted))
                .isInstanceOf(StateException.class)
                .hasMessageContaining("which is code of the old version");
    }

    private static Converter compare(Class<?> from, Class<?> to) {
        return StateTypes.compare(from, to, "ledger.Accounts 1.0.0 -> 2.0.0", Set.of());
    }

    private static String refusal(Class<?> from, Class<?> to) {
        return catchThrowableOfType(RefusedException.class, () -> compare(from, to))
                .getMessage();
    }
}
