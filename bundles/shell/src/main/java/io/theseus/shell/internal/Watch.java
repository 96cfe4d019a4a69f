// SPDX-License-Identifier: Apache-2.0
package io.theseus.shell.internal;

import io.theseus.release.Progress;
import io.theseus.shell.internal.render.ProgressText;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.karaf.shell.support.CommandException;

/**
 * Watches a request that runs on a thread of its own, and prints its progress on the caller's thread: a console that
 * does not read must not hold up the release handler, and Karaf sends output to the console of the thread that prints.
 * The request's thread inherits the user that is logged in.
 */
final class Watch {
    private static final String STOPPED =
            "Stopped watching; the request itself goes on. release:status shows where it is.";

    private final BlockingQueue<Optional<String>> lines = new LinkedBlockingQueue<>();
    private final Consumer<String> printer;

    Watch(Consumer<String> printer) {
        this.printer = printer;
    }

    <R> R run(Function<Progress, R> request) throws CommandException {
        Progress progress = (phase, text, elapsed) -> lines.add(Optional.of(ProgressText.line(phase, text, elapsed)));
        FutureTask<R> task = new FutureTask<>(() -> request.apply(progress));
        start(task);
        try {
            for (Optional<String> line = lines.take(); line.isPresent(); line = lines.take()) {
                printer.accept(line.get());
            }
            return task.get();
        } catch (InterruptedException e) {
            // Printed, not only thrown: after Ctrl-C the console shows no failure. And before the thread is interrupted
            // again, for then it can not write.
            printer.accept(STOPPED);
            Thread.currentThread().interrupt();
            throw new CommandException("", STOPPED, e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new CommandException(String.valueOf(e.getCause()), e);
        }
    }

    private void start(Runnable task) {
        Thread thread = new Thread(
                () -> {
                    try {
                        task.run();
                    } finally {
                        lines.add(Optional.empty());
                    }
                },
                "release-request");
        thread.setDaemon(true);
        thread.start();
    }
}
