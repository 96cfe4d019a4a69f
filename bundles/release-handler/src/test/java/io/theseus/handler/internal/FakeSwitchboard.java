// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal;

import io.theseus.port.Switchboard;
import io.theseus.release.Problem;
import io.theseus.release.Status.BusyCall;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Which generation is current, which gates are closed. */
final class FakeSwitchboard implements Switchboard {
    final Deque<String> vetoes = new ArrayDeque<>();
    Set<String> declared = Set.of();
    String declaredBy = "";
    Set<String> closed = Set.of();
    Optional<Incoming> other = Optional.empty();
    boolean switched;
    List<BusyCall> notQuiet = List.of();
    List<BusyCall> busy = List.of();
    int interrupted;
    List<Problem> unfit = List.of();
    /** Who was handed something out, of what is declared. */
    List<Holder> holders = List.of();

    Map<String, Line> lines = new HashMap<>();
    /** The next of these does its work and fails all the same. */
    boolean failsAfterOpen;

    boolean failsAfterSwitch;
    /** Who may pass closed gates. */
    @Nullable
    volatile Thread passing;

    private final Log log;

    FakeSwitchboard(Log log) {
        this.log = log;
    }

    @Override
    public void declare(Set<String> names) {
        declared = names;
        declaredBy = Thread.currentThread().getName();
    }

    @Override
    public Map<String, Line> applications() {
        other.ifPresent(two -> two.successors()
                .forEach((old, next) -> lines.put(
                        "app-" + old,
                        new Line(
                                "app-" + old,
                                switched ? next : old,
                                Optional.of(switched ? old : next),
                                1,
                                List.of()))));
        return lines;
    }

    @Override
    public Set<String> early() {
        return holders.stream()
                .map(Holder::application)
                .filter(declared::contains)
                .collect(java.util.stream.Collectors.toSet());
    }

    @Override
    public List<Holder> holders() {
        return holders.stream()
                .filter(holder -> declared.contains(holder.application()))
                .toList();
    }

    @Override
    public void front(Set<String> applications) {
        log.call("front " + new TreeSet<>(applications));
    }

    @Override
    public void unfront(Set<String> applications) {
        log.call("unfront " + new TreeSet<>(applications));
    }

    @Override
    public void open(Incoming incoming) {
        log.call("open " + new TreeMap<>(incoming.successors()) + " handovers "
                + new TreeMap<>(incoming.handovers()).values());
        if (other.isPresent()) {
            throw new IllegalStateException("another generation is alive");
        }
        other = Optional.of(incoming);
        if (failsAfterOpen) {
            failsAfterOpen = false;
            throw new IllegalStateException("a listener threw");
        }
    }

    @Override
    public <T> T throughGates(Callable<T> task) throws Exception {
        passing = Thread.currentThread();
        try {
            return task.call();
        } finally {
            passing = null;
        }
    }

    @Override
    public <T> T inOther(Callable<T> task) throws Exception {
        needOther();
        return task.call();
    }

    private void needOther() {
        if (other.isEmpty()) {
            throw new IllegalStateException("no other generation is alive");
        }
    }

    @Override
    public List<Problem> warm() {
        log.call("warm");
        return unfit;
    }

    @Override
    public List<BusyCall> suspend(Set<String> applications, Duration drain, Duration gate) {
        log.call("close " + new TreeSet<>(applications));
        closed = Set.copyOf(applications);
        return notQuiet.stream()
                .filter(call -> applications.contains(call.application()))
                .toList();
    }

    @Override
    public Switched switchOver() {
        log.call("switch");
        needOther();
        if (!vetoes.isEmpty()) {
            return new Switched(0, Optional.of(vetoes.pop()));
        }
        switched = !switched;
        if (failsAfterSwitch) {
            failsAfterSwitch = false;
            throw new IllegalStateException("a listener threw");
        }
        return new Switched(3000, Optional.empty());
    }

    @Override
    public Waits resume() {
        log.call("open gates");
        closed = Set.of();
        return new Waits(7, 5_000_000, 0, 6_000_000);
    }

    @Override
    public List<BusyCall> awaitIdle(Duration limit) {
        log.call("await idle");
        return busy;
    }

    @Override
    public List<BusyCall> busy() {
        return busy;
    }

    @Override
    public int drop() {
        log.call("drop");
        lines.clear();
        other = Optional.empty();
        switched = false;
        return interrupted;
    }
}
