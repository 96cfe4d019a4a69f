// SPDX-License-Identifier: Apache-2.0
package io.theseus.shell.internal;

import io.theseus.release.Problem;
import io.theseus.release.RefusedException;
import io.theseus.release.Report;
import io.theseus.shell.internal.render.ReportJson;
import io.theseus.shell.internal.render.ReportText;
import io.theseus.shell.internal.render.Tables;
import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;

@Service
@Command(scope = "release", name = "history", description = "Shows what was done, oldest first, or one report whole")
public final class HistoryCommand extends HandlerCommand {
    @Argument(
            name = "number",
            description = "Number of the report to show whole",
            multiValued = true,
            valueToShowInHelp = "a list")
    List<String> words = List.of();

    @Option(name = "--last", description = "Show only the last n", valueToShowInHelp = "all")
    String last = "";

    @Override
    void perform() {
        List<String> typed = words(words, 0, 1);
        List<Report> history = handler.history();
        if (!typed.isEmpty()) {
            whole(history, typed.get(0));
            return;
        }
        List<Report> shown = last.isEmpty() ? history : last(history);
        if (json) {
            print(shown.stream().map(ReportJson::of).toList());
        } else {
            Tables.history(shown).print(out);
        }
    }

    private List<Report> last(List<Report> history) {
        if (!last.matches("\\d{1,9}")) {
            throw new RefusedException(Problem.of("bad-argument", "--last", "'" + last + "' is no number"));
        }
        return history.subList(Math.max(0, history.size() - Integer.parseInt(last)), history.size());
    }

    private void whole(List<Report> history, String number) {
        Report report = history.stream()
                .filter(r -> Long.toString(r.number()).equals(number))
                .findFirst()
                .orElseThrow(() -> new RefusedException(Problem.of("no-such-report", "", "there is no report " + number)
                        .withHint("release:history lists them")));
        if (json) {
            print(ReportJson.of(report));
        } else {
            ReportText.print(report, true, out);
        }
    }
}
