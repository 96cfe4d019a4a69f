// SPDX-License-Identifier: Apache-2.0
package io.theseus.switchboard.internal.stable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.theseus.switchboard.internal.call.Board;
import io.theseus.switchboard.internal.call.Standalone;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import sample.api.Odd;

class StableClassTest {
    private final Board board = new Board();

    @SuppressWarnings("unchecked")
    private <T> T stable(Object target, Class<?>... interfaces) {
        return (T) StableClass.define(List.of(interfaces)).create(Standalone.wiring(board, "app", target));
    }

    @Test
    void passesAllKindsOfArgumentsAndResults() {
        Odd<String> odd = stable(new OddTarget(), Odd.class);

        assertThat(odd.sum((byte) 1, (short) 2, (char) 3, 4, 5L, 6f, 7d, true)).isEqualTo(29);
        assertThat(odd.twice(1.5, 9, 2.5)).isEqualTo(8.0);
        assertThat(odd.not(true)).isFalse();
        assertThat(odd.next('a')).isEqualTo('b');
        assertThat(odd.bytes((byte) 1, (byte) 2)).containsExactly(1, 2);
        assertThat(odd.largest("a", "c", "b")).isEqualTo("c");
        assertThat(odd.greet("you")).isEqualTo("hello you, really");
        assertThat(odd.value(List.of("x"))).containsExactly("x");
        assertThat(odd.inherited()).isEqualTo(3);
        assertThat(odd.clone()).isEqualTo("copy");
        assertThat(odd.compareTo(odd)).isEqualTo(42);
    }

    @Test
    void aMethodSaysWhetherItTakesAnyNumberOfArguments() throws Exception {
        Class<?> type = stable(new OddTarget(), Odd.class).getClass();

        assertThat(type.getMethod("bytes", byte[].class).isVarArgs()).isTrue();
        assertThat(type.getMethod("not", boolean.class).isVarArgs()).isFalse();
    }

    @Test
    void theOriginalExceptionPassesThrough() {
        Odd<String> odd = stable(new OddTarget(), Odd.class);

        assertThatThrownBy(odd::fails).isSameAs(OddTarget.FAILURE).isInstanceOf(IOException.class);
        assertThat(board.slots().get().pin).isNull();
    }

    @Test
    void equalsHashCodeAndToStringAreItsOwn() {
        OddTarget target = new OddTarget();
        Odd<String> one = stable(target, Odd.class);
        Odd<String> two = stable(target, Odd.class);

        assertThat(one.equals(one)).isTrue();
        assertThat(one.equals(two)).isFalse();
        assertThat(one.hashCode()).isEqualTo(System.identityHashCode(one));
        assertThat(one.toString()).isEqualTo("stable service " + OddTarget.class.getName() + " of application app");
    }

    /** A target of two interfaces. */
    static final class Both implements Comparator<String>, Supplier<String>, Function<String, String> {
        @Override
        public int compare(String a, String b) {
            return a.compareTo(b);
        }

        @Override
        public String get() {
            return "got";
        }

        @Override
        public String apply(String text) {
            return text + text;
        }
    }

    @Test
    @SuppressWarnings("unchecked")
    void implementsSeveralInterfaces() {
        Object both = stable(new Both(), Comparator.class, Supplier.class, Function.class);

        assertThat(((Supplier<?>) both).get()).isEqualTo("got");
        assertThat(((Function<String, String>) both).andThen(String::length).apply("ab"))
                .isEqualTo(4);
        assertThat(((Comparator<String>) both).reversed().compare("a", "b")).isPositive();
    }

    /** The same method as in {@link Supplier}. */
    public interface AlsoGets {
        Object get();
    }

    @Test
    void theSameMethodTwiceIsOneMethod() {
        class Target implements Supplier<Object>, AlsoGets {
            @Override
            public Object get() {
                return "once";
            }
        }
        Object both = stable(new Target(), Supplier.class, AlsoGets.class);

        assertThat(((Supplier<?>) both).get()).isEqualTo("once");
        assertThat(((AlsoGets) both).get()).isEqualTo("once");
    }

    interface Hidden {}

    /** No generated class may implement it. */
    public sealed interface Sealed {
        /** The only one that may. */
        record Only() implements Sealed {}
    }

    @Test
    void classesAndHiddenInterfacesAreUnfit() {
        assertThat(StableClass.unfit(String.class)).isEqualTo("is a class");
        assertThat(StableClass.unfit(Hidden.class)).isEqualTo("is not public");
        assertThat(StableClass.unfit(Sealed.class)).isEqualTo("is sealed");
        assertThat(StableClass.unfit(Runnable.class)).isNull();
    }

    @Test
    void anOverflowingStackLeavesNoPin() {
        Runnable[] self = new Runnable[1];
        Runnable stable = stable((Runnable) () -> self[0].run(), Runnable.class);
        self[0] = stable;
        Runnable quick = stable((Runnable) () -> {}, Runnable.class);
        Runnable edge = new Runnable() {
            @Override
            public void run() {
                quick.run();
                run();
            }
        };

        for (int i = 0; i < 50; i++) {
            assertThatThrownBy(edge::run).isInstanceOf(StackOverflowError.class);
            assertThat(board.slots().get().pin).isNull();
        }
        assertThatThrownBy(stable::run).isInstanceOf(StackOverflowError.class);
        assertThat(board.slots().get().pin).isNull();
    }
}
