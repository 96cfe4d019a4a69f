// SPDX-License-Identifier: Apache-2.0
package io.theseus.shell.internal;

import io.theseus.release.Problem;
import io.theseus.release.Progress;
import io.theseus.release.RefusedException;
import io.theseus.release.ReleaseHandler;
import io.theseus.release.ReleaseId;
import io.theseus.release.Report;
import io.theseus.shell.internal.render.Json;
import io.theseus.shell.internal.render.RefusalText;
import io.theseus.shell.internal.render.ReportJson;
import io.theseus.shell.internal.render.ReportText;
import java.io.PrintStream;
import java.util.List;
import java.util.function.Function;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.CommandException;
import org.jspecify.annotations.Nullable;

/**
 * What every command has in common: it asks the release handler, prints the answer as text or as JSON, and fails with a
 * {@link CommandException}, which Karaf prints without a stack trace and logs at debug level only.
 */
@SuppressWarnings("NullAway.Init") // injected by Karaf
public abstract class HandlerCommand implements Action {
    @Reference
    ReleaseHandler handler;

    @Reference
    Session session;

    @Option(name = "--json", description = "Print one JSON document and nothing else")
    boolean json;

    // Not Session.getConsole(): that one goes past pipes and redirections.
    PrintStream out = System.out;

    abstract void perform() throws CommandException;

    @Override
    public final @Nullable Object execute() throws CommandException {
        try {
            perform();
            return null;
        } catch (RefusedException refusal) {
            throw refused(refusal.problems());
        } finally {
            out.flush();
        }
    }

    /** The words that are no options; sets the options among them. */
    final List<String> words(List<String> raw, int least, int most) {
        List<String> words = new TrailingOptions(this).take(raw);
        if (words.size() < least || words.size() > most) {
            String expected = least == most ? least + " expected" : "at most " + most + " expected";
            throw new RefusedException(
                    Problem.of("bad-argument", String.join(" ", words), words.size() + " arguments, " + expected));
        }
        return words;
    }

    final String only(List<String> raw) {
        return words(raw, 1, 1).get(0);
    }

    final ReleaseId find(String text) {
        return handler.find(text).release().id();
    }

    /** Runs a request that may take long. Interrupting the command ends the watching, not the request. */
    final <R> R follow(Function<Progress, R> request) throws CommandException {
        return new Watch(line -> {
                    if (!json) {
                        out.println(line);
                        show();
                    }
                })
                .run(request);
    }

    // A flush of our own stream ends in the shell's pipe; over ssh the console behind it would keep all lines to the
    // end.
    private void show() {
        out.flush();
        session.getConsole().flush();
    }

    final void print(Object document) {
        out.println(Json.text(document));
    }

    final void conclude(Report report, boolean steps) throws CommandException {
        if (json) {
            print(ReportJson.of(report));
        } else {
            ReportText.print(report, steps, out);
        }
        if (report.outcome() != Report.Outcome.DONE && report.outcome() != Report.Outcome.RESTARTING) {
            throw failed(ReportText.verdict(report));
        }
    }

    /** The exception with which the command fails; with {@code --json} it adds nothing to what was printed. */
    final CommandException failed(String message) {
        return new CommandException(json ? "" : message, message);
    }

    private CommandException refused(List<Problem> problems) {
        if (json) {
            print(ReportJson.refusal(problems));
        }
        return failed(RefusalText.of(problems));
    }
}
