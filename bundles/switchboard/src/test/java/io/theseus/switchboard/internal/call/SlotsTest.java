// SPDX-License-Identifier: Apache-2.0
package io.theseus.switchboard.internal.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** More threads than there is room to find their slots fast, so that many share a place. */
final class SlotsTest {
    private static final int THREADS = 2500;

    private final Slots slots = new Slots();

    @Test
    void eachThreadHasOneSlotOfItsOwn() throws Exception {
        Set<Slot> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        CountDownLatch allSeen = new CountDownLatch(1);
        ExecutorService pool = Executors.newCachedThreadPool();
        try {
            CyclicBarrier here = new CyclicBarrier(50);
            List<Future<Slot>> first = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                first.add(pool.submit(() -> {
                    here.await();
                    Slot slot = slots.get();
                    allSeen.await();
                    // Others have come to the same places, and gone, meanwhile.
                    assertThat(slots.get()).isSameAs(slot);
                    assertThat(slot.thread()).isSameAs(Thread.currentThread());
                    return slot;
                }));
            }
            for (int i = 0; i < THREADS; i++) {
                Thread thread = new Thread(() -> {
                    Slot slot = slots.get();
                    assertThat(slots.get()).isSameAs(slot);
                    synchronized (seen) {
                        seen.add(slot);
                    }
                });
                thread.start();
                thread.join();
            }
            allSeen.countDown();
            for (Future<Slot> slot : first) {
                seen.add(slot.get());
            }
        } finally {
            allSeen.countDown();
            pool.shutdownNow();
        }
        assertThat(seen).hasSize(THREADS + 50);
    }

    @Test
    void theSlotsOfThreadsThatHaveEndedGo() throws Exception {
        Slot mine = slots.get();
        for (int i = 0; i < THREADS; i++) {
            Thread thread = new Thread(slots::get);
            thread.start();
            thread.join();
        }

        Set<Slot> visited = new HashSet<>();
        slots.each(visited::add);

        assertThat(visited).containsExactly(mine);
        assertThat(slots.size()).isEqualTo(1);
        assertThat(slots.get()).isSameAs(mine);
    }
}
