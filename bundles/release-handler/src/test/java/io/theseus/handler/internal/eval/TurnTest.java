// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.theseus.handler.internal.eval.Batch.Task;
import io.theseus.release.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One thread runs the instructions and the components' steps, another watches: one of them goes on, never both, never none. */
@Timeout(60)
class TurnTest {
    private static final Duration SHORT = Duration.ofMillis(30);
    private static final Duration LONG = Duration.ofSeconds(50);

    private final Workers workers = new Workers();
    private final CountDownLatch over = new CountDownLatch(1);

    @AfterEach
    void end() {
        over.countDown();
        workers.close();
    }

    @Test
    void aStepRunsOnTheThreadThatRunsTheInstructions() throws Exception {
        AtomicReference<Thread> step = new AtomicReference<>();

        Thread instructions = workers.watched(turn -> {
            assertThat(run(turn, task("a", LONG, () -> step.set(Thread.currentThread()))))
                    .isEmpty();
            return Thread.currentThread();
        });

        assertThat(step).hasValue(instructions);
        assertThat(instructions).isNotSameAs(Thread.currentThread());
    }

    /** On a busy machine a thread may stand still long enough to be helped; not every time. */
    @Test
    void aThousandStepsThatTakeNoTimeRunOnOneThread() {
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
            Set<Thread> threads = ConcurrentHashMap.newKeySet();
            Task[] thousand = Stream.generate(() -> task("a", LONG, () -> threads.add(Thread.currentThread())))
                    .limit(1000)
                    .toArray(Task[]::new);
            assertThat(workers.<List<Problem>>watched(turn -> run(turn, thousand)))
                    .isEmpty();
            return threads.size() == 1;
        });
    }

    /** As a collection does that stops everybody. On a busy machine threads may stand still more often; not every time. */
    @Test
    void whenBothThreadsStoodStillAFewMoreAreEnough() {
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
            Set<Thread> threads = ConcurrentHashMap.newKeySet();
            CountDownLatch helped = new CountDownLatch(3);
            List<Task> steps = new ArrayList<>(Collections.nCopies(998, task("a", LONG, () -> {
                threads.add(Thread.currentThread());
                helped.countDown();
                spin(Duration.ofNanos(100_000));
            })));
            steps.add(0, task("first", LONG, helped::await));
            steps.add(task("last", LONG, helped::await));
            assertThat(workers.<List<Problem>>watched(turn -> run(turn, steps.toArray(Task[]::new))))
                    .isEmpty();
            return threads.size() <= 8;
        });
    }

    @Test
    void twoHundredStepsThatWaitForEachOtherAllBegin() throws Exception {
        CyclicBarrier all = new CyclicBarrier(200);
        Task[] steps = Collections.nCopies(200, task("a", LONG, all::await)).toArray(Task[]::new);

        assertThat(workers.<List<Problem>>watched(turn -> run(turn, steps))).isEmpty();
    }

    /** Wherever it runs, also where nobody watches. */
    @Test
    void whatOneStepLeavesOnItsThreadIsNotForTheNextOne() {
        ClassLoader own = Thread.currentThread().getContextClassLoader();
        Queue<String> found = new ConcurrentLinkedQueue<>();
        Task[] hundred = Stream.generate(() -> task("a", LONG, () -> {
                    Thread here = Thread.currentThread();
                    if (here.isInterrupted() || here.getContextClassLoader() != own) {
                        found.add(here.getName());
                    }
                    here.setContextClassLoader(new ClassLoader(own) {});
                    here.interrupt();
                }))
                .limit(100)
                .toArray(Task[]::new);

        for (int i = 0; i < 20; i++) {
            assertThat(workers.run(Batch.of("step-failed", List.of(hundred)), Optional.empty()))
                    .isEmpty();
        }

        assertThat(found).isEmpty();
    }

    @Test
    void stepsBehindOneThatTakesItsTimeBeginElsewhere() throws Exception {
        CountDownLatch others = new CountDownLatch(2);

        List<Problem> problems = workers.watched(turn -> run(
                turn,
                task("a", LONG, others::await),
                task("b", LONG, others::countDown),
                task("c", LONG, others::countDown)));

        assertThat(problems).isEmpty();
    }

    @Test
    void stepsOfOneBatchRunSideBySide() throws Exception {
        CyclicBarrier all = new CyclicBarrier(3);

        List<Problem> problems = workers.watched(turn ->
                run(turn, task("a", LONG, all::await), task("b", LONG, all::await), task("c", LONG, all::await)));

        assertThat(problems).isEmpty();
    }

    @Test
    void whatTheInstructionsThrowIsThrown() {
        Error error = new StackOverflowError();

        assertThatThrownBy(() -> workers.watched(turn -> {
                    throw error;
                }))
                .isSameAs(error);
    }

    @Test
    void whatAStepThrowsIsAProblem() throws Exception {
        assertThat(workers.<List<Problem>>watched(turn -> run(turn, task("a", LONG, () -> {
                    throw new StackOverflowError();
                }))))
                .containsExactly(Problem.of("step-failed", "a", "java.lang.StackOverflowError"));
    }

    @Test
    void aStepThatDoesNotEndLeavesTheWatcherToGoOn() throws Exception {
        AtomicBoolean wentOn = new AtomicBoolean();
        AtomicReference<Throwable> end = new AtomicReference<>();

        Throwable failure = catchThrowable(() -> workers.watched(turn -> {
            try {
                run(turn, task("slow", SHORT, this::whateverInterrupts));
                wentOn.set(true);
            } catch (Error e) {
                end.set(e);
                throw e;
            }
            return turn;
        }));

        assertThat(failure)
                .isInstanceOfSatisfying(
                        FailedException.class,
                        e -> assertThat(e.problems())
                                .containsExactly(Problem.of("step-failed", "slow", "did not end within 30 ms")));
        assertThat(end).hasNullValue();
        over.countDown();
        Awaitility.await().untilAsserted(() -> assertThat(end.get()).isInstanceOf(Turn.OverException.class));
        assertThat(wentOn).isFalse();
    }

    @Test
    void theWatcherWaitsForTheOtherStepsAndTellsWhatFailedInThem() {
        AtomicBoolean other = new AtomicBoolean();

        Throwable failure = catchThrowable(() -> workers.watched(turn -> run(
                turn,
                task("slow", SHORT, this::whateverInterrupts),
                task("good", LONG, () -> {
                    Awaitility.await().until(() -> workersHaveWaited(SHORT.multipliedBy(2)));
                    other.set(true);
                }),
                task("bad", LONG, () -> {
                    throw new IllegalStateException("no");
                }))));

        assertThat(other).isTrue();
        assertThat(failure)
                .isInstanceOfSatisfying(
                        FailedException.class,
                        e -> assertThat(e.problems()).extracting(Problem::where).containsExactly("slow", "bad"));
    }

    @Test
    void aStepThatMayBeSkippedKeepsNobody() throws Exception {
        AtomicReference<Thread> step = new AtomicReference<>();
        AtomicReference<Thread> skipped = new AtomicReference<>();

        Thread instructions = workers.watched(turn -> {
            Task late = new Task(
                    "slow",
                    SHORT,
                    () -> {
                        step.set(Thread.currentThread());
                        whateverInterrupts();
                    },
                    Optional.of(() -> skipped.set(Thread.currentThread())));
            assertThat(run(turn, late)).isEmpty();
            return Thread.currentThread();
        });

        assertThat(skipped).hasValue(instructions);
        assertThat(step.get()).isNotSameAs(instructions);
    }

    @Test
    void anInterruptOfTheWatcherEndsTheStepWhateverTheComponentDoes() {
        Thread watcher = Thread.currentThread();

        Throwable failure = catchThrowable(() -> workers.watched(turn -> run(turn, task("waits", LONG, () -> {
            watcher.interrupt();
            whateverInterrupts();
        }))));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(failure)
                .isInstanceOfSatisfying(
                        FailedException.class,
                        e -> assertThat(e.problems())
                                .containsExactly(
                                        Problem.of("step-failed", "waits", "the release handler was interrupted")));
    }

    @Test
    void anInterruptOfTheWatcherReachesWhatTheInstructionsWaitFor() {
        Thread watcher = Thread.currentThread();

        Throwable failure = catchThrowable(() -> workers.watched(turn -> {
            watcher.interrupt();
            over.await();
            return turn;
        }));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(failure).isInstanceOf(InterruptedException.class);
    }

    @Test
    void whatAComponentLeavesOnTheThreadIsGone() throws Exception {
        boolean clean = workers.watched(turn -> {
            ClassLoader before = Thread.currentThread().getContextClassLoader();
            run(turn, task("a", LONG, () -> {
                Thread.currentThread().interrupt();
                Thread.currentThread().setContextClassLoader(new ClassLoader(null) {});
            }));
            return !Thread.currentThread().isInterrupted()
                    && Thread.currentThread().getContextClassLoader() == before;
        });

        assertThat(clean).isTrue();
    }

    @Test
    void aStepThatHasTimeIsLeftAlone() throws Exception {
        long begun = System.nanoTime();

        String end = workers.watched(turn -> {
            run(
                    turn,
                    task(
                            "a",
                            LONG,
                            () -> Awaitility.await()
                                    .until(() -> System.nanoTime() - begun
                                            > SHORT.multipliedBy(3).toNanos())));
            return "went on";
        });

        assertThat(end).isEqualTo("went on");
    }

    @Test
    void noThreadIsAFailureOfTheWatch() {
        workers.close();

        assertThatThrownBy(() -> workers.watched(turn -> turn)).isInstanceOf(RejectedExecutionException.class);
    }

    /** The step ends just when its time is over, again and again. */
    @Test
    void oneOfBothGoesOn() throws Exception {
        int[] ran = {0};
        int[] taken = {0};
        for (int i = 0; i < 2_000; i++) {
            Turn turn = new Turn();
            AtomicInteger goOn = new AtomicInteger();
            AtomicBoolean begun = new AtomicBoolean();
            AtomicBoolean ended = new AtomicBoolean();
            int spins = i % 400;
            Thread runs = new Thread(() -> {
                try {
                    run(turn, task("a", Duration.ZERO, () -> {
                        begun.set(true);
                        for (int spin = 0; spin < spins; spin++) {
                            Thread.onSpinWait();
                        }
                    }));
                    goOn.incrementAndGet();
                    ran[0]++;
                } catch (Turn.OverException e) {
                    // The other one does.
                } finally {
                    ended.set(true);
                }
            });
            runs.start();
            while (!begun.get()) {
                Thread.onSpinWait();
            }
            while (!ended.get()) {
                if (turn.take()) {
                    assertThat(turn.failures()).isNotEmpty();
                    goOn.incrementAndGet();
                    taken[0]++;
                    break;
                }
            }
            runs.join();
            assertThat(goOn).hasValue(1);
        }
        assertThat(ran[0]).isPositive();
        assertThat(taken[0]).isPositive();
    }

    private static void spin(Duration time) {
        long begun = System.nanoTime();
        while (System.nanoTime() - begun < time.toNanos()) {
            Thread.onSpinWait();
        }
    }

    private List<Problem> run(Turn turn, Task... tasks) {
        return workers.run(Batch.of("step-failed", List.of(tasks)), Optional.of(turn));
    }

    private static Task task(String where, Duration limit, Action action) {
        return new Task(where, limit, action);
    }

    private void whateverInterrupts() {
        boolean ended = false;
        while (!ended) {
            try {
                ended = over.await(50, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                // It takes no notice.
            }
        }
    }

    private final long begun = System.nanoTime();

    private boolean workersHaveWaited(Duration time) {
        return System.nanoTime() - begun > time.toNanos();
    }
}
