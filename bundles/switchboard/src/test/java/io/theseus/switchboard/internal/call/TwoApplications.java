// SPDX-License-Identifier: Apache-2.0
package io.theseus.switchboard.internal.call;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.theseus.release.Status.BusyCall;
import io.theseus.switchboard.internal.stable.StableClass;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;

/** Calls to two applications, by threads that are where the test wants them. */
abstract class TwoApplications {
    static final Duration LONG = Duration.ofSeconds(10);
    static final Duration SHORT = Duration.ofMillis(30);

    /** The application whose code a thread runs. */
    private static final ThreadLocal<String> CODE = new ThreadLocal<>();

    final Board board = new Board(() -> Optional.ofNullable(CODE.get()));
    final Traffic traffic = new Traffic(board);
    final Service a = new Service("a");
    final Service b = new Service("b");

    /** A stable service whose targets run what they are given, one on each side. */
    public interface Work {
        <T> T run(Supplier<T> work);
    }

    final class Service {
        final Work stable;

        Service(String name) {
            Work target = new Work() {
                @Override
                public <T> T run(Supplier<T> work) {
                    return work.get();
                }
            };
            stable = (Work) StableClass.define(List.of(Work.class))
                    .create(new Wiring(board, traffic.application(name), new Standalone(target), name));
        }
    }

    final List<BusyCall> suspend(Duration drain, Duration gate, String... names) {
        return traffic.suspend(Set.of(names), drain, gate, closed -> Set.of(), name -> false);
    }

    static <T> CompletableFuture<T> async(Supplier<T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        new Thread(() -> {
                    try {
                        result.complete(work.get());
                    } catch (RuntimeException e) {
                        result.completeExceptionally(e);
                    }
                })
                .start();
        return result;
    }

    /** Runs work in a thread of an application, as one that it makes itself. */
    static <T> CompletableFuture<T> own(String application, Supplier<T> work) {
        return async(() -> {
            CODE.set(application);
            return work.get();
        });
    }

    /** Does not heed the interrupt of a purge. */
    static void pass(CountDownLatch latch) {
        while (latch.getCount() > 0) {
            try {
                assertThat(latch.await(10, SECONDS)).isTrue();
            } catch (InterruptedException e) {
                // Waits on.
                continue;
            }
        }
    }

    /** A call into a service that stays there until it is told to go. */
    final class Inside {
        final CountDownLatch go = new CountDownLatch(1);
        final CountDownLatch in = new CountDownLatch(1);
        final CompletableFuture<String> result;

        Inside(Service service, Supplier<String> then) {
            result = async(() -> service.stable.run(() -> {
                in.countDown();
                pass(go);
                return then.get();
            }));
            pass(in);
        }
    }
}
