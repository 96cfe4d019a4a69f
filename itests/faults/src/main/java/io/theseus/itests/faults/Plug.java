// SPDX-License-Identifier: Apache-2.0
package io.theseus.itests.faults;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * What everything that can go wrong asks on its way: writes down that it was passed, and pulls the plug at one fault. The applications
 * and the disk find it in the system properties. Thread safety: safe for use by many threads.
 */
final class Plug implements BiConsumer<String, Runnable> {
    /** Stands in every message of a fault. */
    static final String MARK = "pulled the plug";

    private static final String PROPERTY = "theseus.faults";
    private final Map<String, Integer> counts = new HashMap<>();
    private final List<String> passed = new ArrayList<>();
    private Optional<Fault> fault = Optional.empty();
    private Consumer<String> visitor = point -> {};
    private boolean watching;
    private boolean pulled;

    void insert() {
        System.getProperties().put(PROPERTY, this);
    }

    void remove() {
        System.getProperties().remove(PROPERTY);
    }

    /** From now on points are counted, and one of them fails. */
    synchronized void watch(Optional<Fault> next) {
        counts.clear();
        passed.clear();
        fault = next;
        pulled = false;
        watching = true;
    }

    /** From now on nothing fails, and each point is shown before it is passed. Whoever comes to the next one meanwhile waits. */
    synchronized void show(Consumer<String> next) {
        watch(Optional.empty());
        visitor = next;
    }

    /** From now on nothing happens. Answers what was passed. */
    synchronized List<String> rest() {
        watching = false;
        visitor = point -> {};
        return List.copyOf(passed);
    }

    synchronized boolean pulled() {
        return pulled;
    }

    @Override
    public void accept(String what, Runnable action) {
        try {
            at(what, () -> {
                action.run();
                return what;
            });
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    <T> T at(String what, Callable<T> action) throws Exception {
        Optional<Fault> here = pass(what);
        if (here.isEmpty()) {
            return action.call();
        }
        String text = MARK + " at " + here.get();
        boolean disk = what.startsWith("Disk.");
        switch (here.get().kind()) {
            case BEFORE -> {}
            case ENDLESS -> new CountDownLatch(1).await();
            case HALF -> throw new UncheckedIOException(new EOFException(text));
            case AFTER -> action.call();
            case ERROR -> {
                action.call();
                throw new NoClassDefFoundError(text);
            }
        }
        throw disk ? new UncheckedIOException(new IOException(text)) : new IllegalStateException(text);
    }

    private synchronized Optional<Fault> pass(String what) {
        if (!watching) {
            return Optional.empty();
        }
        String point = what + " #" + counts.merge(what, 1, Integer::sum);
        passed.add(point);
        visitor.accept(point);
        Optional<Fault> here = fault.filter(each -> !pulled && each.point().equals(point));
        pulled |= here.isPresent();
        return here;
    }
}
