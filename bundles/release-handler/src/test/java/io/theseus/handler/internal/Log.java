// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal;

import io.theseus.release.Problem;
import io.theseus.release.RefusedException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Every call to a port, in order; one of them can be told to fail. */
final class Log {
    private final List<String> calls = new ArrayList<>();
    private Predicate<String> failing = call -> false;
    private Predicate<String> dying = call -> false;
    private Consumer<String> listener = call -> {};
    private boolean dead;
    private boolean failsOnce = true;

    /** The end of the JVM: passes every handler, and nothing is done after it. */
    static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    synchronized void killAtCall(int number) {
        int[] seen = {0};
        dying = call -> ++seen[0] == number;
    }

    synchronized void kill() {
        dead = true;
        throw new Killed();
    }

    synchronized void killAt(Predicate<String> call) {
        dying = call;
    }

    synchronized void revive() {
        dead = false;
        dying = call -> false;
    }

    synchronized boolean dead() {
        return dead;
    }

    synchronized void call(String text) {
        calls.add(text);
        listener.accept(text);
        if (dead || dying.test(text)) {
            dead = true;
            throw new Killed();
        }
        if (failing.test(text)) {
            failing = failsOnce ? call -> false : failing;
            throw new RefusedException(Problem.of("injected", text, "fails as told"));
        }
    }

    /** Lets somebody look around at every call. */
    synchronized void hear(Consumer<String> next) {
        listener = next;
    }

    synchronized void failOn(Predicate<String> call) {
        failing = call;
    }

    /** Each of these calls fails once. */
    synchronized void failOn(String... texts) {
        Set<String> left = new HashSet<>(Set.of(texts));
        failing = left::remove;
        failsOnce = false;
    }

    synchronized void failAtCall(int number) {
        int[] seen = {0};
        failing = call -> ++seen[0] == number;
    }

    synchronized List<String> calls() {
        return List.copyOf(calls);
    }

    synchronized List<String> since(int mark) {
        return List.copyOf(calls.subList(mark, calls.size()));
    }

    synchronized int mark() {
        return calls.size();
    }
}
