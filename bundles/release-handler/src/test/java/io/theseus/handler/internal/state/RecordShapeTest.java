// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.theseus.api.Change;
import io.theseus.api.CodeChange;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecordShapeTest {
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
        record Numbers(int wider, int boxed, Integer unboxed, Short both, long same, String text) {}

        record Few(int number) {
            Few {
                if (number == 13) {
                    throw new IllegalArgumentException("no luck");
                }
            }

            @Override
            public int number() {
                if (number == 7) {
                    throw new IllegalStateException("not readable");
                }
                return number;
            }
        }

        record Nothing() {}
    }

    static final class New {
        record Numbers(long wider, Integer boxed, int unboxed, double both, long same, String text) {}

        record Few(int number) {
            Few {
                if (number == 5) {
                    throw new IllegalArgumentException("five is too many");
                }
            }
        }

        record Nothing() {}
    }

    static class OldNumbers extends Holder<Old.Numbers> {}

    static class NewNumbers extends Holder<New.Numbers> {}

    static class OldFew extends Holder<List<Old.Few>> {}

    static class NewFew extends Holder<List<New.Few>> {}

    static class OldOne extends Holder<Old.Few> {}

    static class NewOne extends Holder<New.Few> {}

    static class OldNothing extends Holder<Map<String, Old.Nothing>> {}

    static class NewNothing extends Holder<Map<String, New.Nothing>> {}

    @Test
    void primitivesAndTheirBoxesBecomeEachOther() {
        assertThat(convert(OldNumbers.class, NewNumbers.class, new Old.Numbers(1, 2, 3, (short) 4, 5, "six")))
                .isEqualTo(new New.Numbers(1, 2, 3, 4, 5, "six"));
    }

    @Test
    @SuppressWarnings("NullAway") // what is not there
    void whatIsNotThereIsZeroWhereItMustBeSomething() {
        assertThat(convert(OldNumbers.class, NewNumbers.class, new Old.Numbers(1, 2, null, null, 5, null)))
                .isEqualTo(new New.Numbers(1, 2, 0, 0, 5, null));
    }

    @Test
    void aRecordThatIsNotThereStaysSo() {
        assertThat(convert(OldFew.class, NewFew.class, Arrays.asList(new Old.Few(1), null)))
                .isEqualTo(Arrays.asList(new New.Few(1), null));
    }

    @Test
    void whatTheNewRecordThrowsIsSaidWithItsName() {
        assertThatThrownBy(() -> convert(OldFew.class, NewFew.class, List.of(new Old.Few(5))))
                .isInstanceOf(StateException.class)
                .hasMessage(
                        "record Few does not take the old values: java.lang.IllegalArgumentException: five is too many");
    }

    @Test
    void whatTheOldRecordThrowsIsNotBlamedOnTheNewOne() {
        assertThatThrownBy(() -> convert(OldFew.class, NewFew.class, List.of(new Old.Few(7))))
                .isInstanceOf(StateException.class)
                .hasMessage("the old state can not be read: java.lang.IllegalStateException: not readable");
    }

    @Test
    void ofARecordThatIsThereOnceTheSameIsSaid() {
        assertThat(convert(OldOne.class, NewOne.class, new Old.Few(1))).isEqualTo(new New.Few(1));
        assertThatThrownBy(() -> convert(OldOne.class, NewOne.class, new Old.Few(5)))
                .isInstanceOf(StateException.class)
                .hasMessage(
                        "record Few does not take the old values: java.lang.IllegalArgumentException: five is too many");
        assertThatThrownBy(() -> convert(OldOne.class, NewOne.class, new Old.Few(7)))
                .isInstanceOf(StateException.class)
                .hasMessage("the old state can not be read: java.lang.IllegalStateException: not readable");
    }

    @Test
    void onlyRecordsOfWhichThereMayBeManyHaveCodeOfTheirOwn() {
        Pairing pairing = new Pairing(new Handing("ledger.Accounts", Set.of(), new ArrayList<>()));

        Conversion few = pairing.pair(Old.Few.class, New.Few.class, "the state");
        Conversion nothing = pairing.pair(Old.Nothing.class, New.Nothing.class, "the state");
        Conversion eachFew = pairing.pairEach(Old.Few.class, New.Few.class, "an element");
        Conversion eachNothing = pairing.pairEach(Old.Nothing.class, New.Nothing.class, "an element");

        assertThat(few).hasSameClassAs(nothing);
        assertThat(eachFew).doesNotHaveSameClassAs(few).doesNotHaveSameClassAs(eachNothing);
    }

    @Test
    void aMapStaysOfItsKindWhereTheSuccessorWantsAny() {
        for (Map<String, Old.Nothing> map :
                List.of(new HashMap<String, Old.Nothing>(), new LinkedHashMap<String, Old.Nothing>())) {
            map.put("b", new Old.Nothing());
            map.put("a", new Old.Nothing());

            assertThat(convert(OldNothing.class, NewNothing.class, map)).hasSameClassAs(map);
        }
        Map<?, ?> sorted = (Map<?, ?>) convert(
                OldNothing.class,
                NewNothing.class,
                new TreeMap<>(Map.of("b", new Old.Nothing(), "a", new Old.Nothing())));
        assertThat(sorted.keySet()).map(String::valueOf).containsExactly("a", "b");
    }

    @Test
    void aConversionGoesWithItsConverter() {
        WeakReference<Class<?>> code = new WeakReference<>(
                new RecordShape(New.Nothing.class).compiled().getClass());

        await().atMost(Duration.ofSeconds(20)).until(() -> {
            System.gc();
            return code.get() == null;
        });
    }

    private static Object convert(Class<?> from, Class<?> to, @Nullable Object state) {
        return Objects.requireNonNull(StateTypes.compare(from, to, "ledger.Accounts 1.0.0 -> 2.0.0", Set.of())
                .convert(state));
    }
}
