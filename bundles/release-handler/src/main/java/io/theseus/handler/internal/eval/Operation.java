// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal.eval;

import io.theseus.handler.internal.store.JournalEntry.Kind;
import io.theseus.handler.internal.store.Recorder;
import io.theseus.handler.internal.store.ReportText;
import io.theseus.release.Problem;
import io.theseus.release.Progress;
import io.theseus.release.RefusedException;
import io.theseus.release.ReleaseId;
import io.theseus.release.Report;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * A request under way: journals an intent before and an outcome after every step, tells the progress, and gathers the report.
 * Thread safety: used by one thread at a time ({@link Turn}).
 */
public final class Operation {
    /** What of the journal a power cut may take, at most. */
    private static final Duration UNFORCED = Duration.ofMillis(100);

    private final Recorder journal;
    private final Asked asked;
    private final Instant at;
    private final long begun = System.nanoTime();
    private final Map<String, Long> figures = new HashMap<>();
    private final List<Report.Line> lines = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private final List<Runnable> untold = new ArrayList<>();
    private int step;
    private boolean callersWait;
    private long forced = begun;

    /**
     * Begins a request.
     *
     * @throws RefusedException {@code journal}; nothing may be changed then
     */
    public Operation(Recorder journal, Clock clock, Asked asked) {
        this.journal = journal;
        this.asked = asked;
        this.at = clock.instant();
        journal.write(
                Kind.BEGIN,
                ReportText.begin(asked.number, asked.name, asked.from, asked.to, asked.who.name(), asked.who.reason()),
                true);
    }

    /** What was asked, by whom. */
    public record Asked(long number, String name, ReleaseId from, ReleaseId to, Asker who, Progress progress) {}

    /** Does a step. The journal refuses it before it is done, or what comes next after it. */
    public <T> T obtain(String phase, String text, Callable<T> action) throws Exception {
        int number = ++step;
        progress(phase, text);
        record(Kind.INTENT, number, "text", text);
        long start = System.nanoTime();
        T result;
        try {
            result = action.call();
        } catch (Turn.OverException e) {
            throw e;
        } catch (Exception | Error e) {
            tolerant(
                    Kind.FAILURE, number, "problem", Problems.of(e, text).get(0).toString());
            throw e;
        }
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        told(text, took);
        record(Kind.OUTCOME, number, "took_us", took.toNanos() / 1000);
        return result;
    }

    /** The step under way does not end: another thread goes on. */
    void left(Problem why) {
        tolerant(Kind.FAILURE, step, "problem", why.toString());
    }

    public void step(String phase, String text, Action action) throws Exception {
        obtain(phase, text, () -> {
            action.run();
            return text;
        });
    }

    /** Does a step that must be tried whatever becomes of the journal. */
    public void attempt(String phase, String text, Action action) throws Exception {
        int number = ++step;
        progress(phase, text);
        tolerant(Kind.INTENT, number, "text", text);
        long start = System.nanoTime();
        try {
            action.run();
        } catch (Exception | Error e) {
            tolerant(
                    Kind.FAILURE, number, "problem", Problems.of(e, text).get(0).toString());
            throw e;
        }
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        told(text, took);
        tolerant(Kind.OUTCOME, number, "took_us", took.toNanos() / 1000);
    }

    /** Takes a step back. A journal that can not be written is reported and stops nothing. */
    void undo(String text, Action action) throws Exception {
        progress("undo", text);
        tolerant(Kind.UNDO, ++step, "text", text);
        long start = System.nanoTime();
        action.run();
        told("undo: " + text, Duration.ofNanos(System.nanoTime() - start));
    }

    /**
     * Whether calls wait at gates now. Until they go on the journal is written but not forced to the disk, which would take
     * longer than all they wait for; a JVM that is killed loses nothing by that.
     */
    void callersWait(boolean wait) {
        callersWait = wait;
        if (!wait) {
            untold.forEach(Runnable::run);
            untold.clear();
        }
    }

    /** The next entry reaches the disk, and with it all before it. */
    void certain() {
        forced = System.nanoTime() - UNFORCED.toNanos();
    }

    /**
     * A disk takes a millisecond to say that it has an entry, and a release of hundreds of applications has thousands. A JVM that is killed loses
     * none of them.
     */
    private boolean mustReachDisk() {
        long now = System.nanoTime();
        if (callersWait || now - forced < UNFORCED.toNanos()) {
            return false;
        }
        forced = now;
        return true;
    }

    /** Something the report tells, and how long it took. */
    public void told(String text, Duration took) {
        lines.add(new Report.Line(text, took));
    }

    public void figure(String name, long value) {
        figures.put(name, value);
    }

    public void add(String name, long value) {
        figures.merge(name, value, Long::sum);
    }

    void max(String name, long value) {
        figures.merge(name, value, Math::max);
    }

    public void problem(Problem problem) {
        problems.add(problem);
    }

    public void problems(List<Problem> more) {
        problems.addAll(more);
    }

    /** Tells what is done now; when callers wait, as soon as they do no longer: a console may be slow. */
    public void progress(String phase, String text) {
        Duration elapsed = Duration.ofNanos(System.nanoTime() - begun);
        Runnable telling = () -> asked.progress.report(phase, text, elapsed);
        if (callersWait) {
            untold.add(telling);
        } else {
            telling.run();
        }
    }

    /** Ends the request, and says so in the journal. */
    public Report end(Report.Outcome outcome) {
        Report report = report(outcome);
        try {
            journal.write(Kind.END, ReportText.print(report), true);
        } catch (RefusedException e) {
            problems.addAll(e.problems());
            report = report(outcome);
        }
        progress("done", asked.name + " " + outcome.name().toLowerCase(java.util.Locale.ROOT));
        return report;
    }

    public List<Problem> problems() {
        return List.copyOf(problems);
    }

    private Report report(Report.Outcome outcome) {
        return new Report(
                asked.number,
                asked.name,
                asked.from,
                asked.to,
                outcome,
                at,
                Duration.ofNanos(System.nanoTime() - begun),
                asked.who.name(),
                asked.who.reason(),
                figures,
                lines,
                problems);
    }

    private void record(Kind kind, int number, String name, Object value) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("number", asked.number);
        data.put("step", number);
        data.put(name, value);
        // Code that was called may have left a wish to be interrupted on this thread, and a file takes nothing then.
        Thread.interrupted();
        journal.write(kind, data, mustReachDisk());
    }

    private void tolerant(Kind kind, int number, String name, Object value) {
        try {
            record(kind, number, name, value);
        } catch (RefusedException e) {
            e.problems().stream().filter(p -> !problems.contains(p)).forEach(problems::add);
        }
    }
}
