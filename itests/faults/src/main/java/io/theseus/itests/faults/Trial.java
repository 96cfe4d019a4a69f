// SPDX-License-Identifier: Apache-2.0
package io.theseus.itests.faults;

import io.theseus.release.InstallOptions;
import io.theseus.release.PermanentOptions;
import io.theseus.release.Progress;
import io.theseus.release.ReleaseHandler;
import io.theseus.release.ReleaseId;
import io.theseus.release.Report;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.cm.ConfigurationAdmin;

/** A container that runs the bank under load, bank 1.0.0 being permanent and 2.0.0 unpacked, and what one fault does to it. */
final class Trial implements AutoCloseable {
    private static final String STEPS = "bank.steps";
    private final Plug plug = new Plug();
    private final EmbeddedContainer container;
    private final ReleaseHandler handler;
    private final ReleaseId two;
    private final Callers callers;
    private final Picture one;
    private Optional<Picture> both = Optional.empty();

    Trial(Path folder) throws Exception {
        Bank bank = new Bank(Files.createDirectories(folder.resolve("bank")));
        container = new EmbeddedContainer(folder, plug);
        handler = container.handler();
        URI first = bank.write("1.0.0");
        configure(folder.resolve("bank/bank.accounts-1.0.0.jar").toUri().toString());
        ReleaseId id = handler.unpack(first).release().id();
        must(handler.install(id, InstallOptions.DEFAULT, Progress.SILENT));
        must(handler.makePermanent(id, PermanentOptions.DEFAULT, Progress.SILENT));
        two = handler.unpack(bank.write("2.0.0")).release().id();
        callers = new Callers(container.service(Bank.FRONT), container.service(Bank.MAIL));
        one = callers.whileQuiet(() -> Picture.of(container));
    }

    /**
     * What a fault did.
     *
     * @param happened whether it happened at all
     * @param left whether a bundle was left, as the report says; the next start removes it
     * @param losses what is not as it should be; empty when it was survived
     */
    record Outcome(boolean happened, boolean left, long failedCalls, long lostState, List<String> losses) {
        Outcome {
            losses = List.copyOf(losses);
        }
    }

    int instructions() {
        return handler.plan(two).script().size();
    }

    boolean installed() {
        return handler.status().current().equals(two);
    }

    long calls() {
        return callers.calls();
    }

    /** Installs bank 2.0.0 and answers the points that were passed. */
    List<String> install() {
        List<String> passed = watched(() -> handler.install(two, InstallOptions.DEFAULT, Progress.SILENT));
        both = Optional.of(callers.whileQuiet(() -> Picture.of(container)));
        return passed;
    }

    List<String> rollBack() {
        return watched(() -> handler.rollback(false, Progress.SILENT));
    }

    Outcome install(Fault fault) {
        Outcome outcome = attempt(
                fault, () -> handler.install(two, InstallOptions.DEFAULT, Progress.SILENT), one, both.orElse(one));
        if (outcome.losses().isEmpty() && installed()) {
            rollBack();
        }
        return outcome;
    }

    Outcome rollBack(Fault fault) {
        return attempt(fault, () -> handler.rollback(false, Progress.SILENT), both.orElse(one), one);
    }

    private List<String> watched(Supplier<Report> request) {
        plug.watch(Optional.empty());
        try {
            must(request.get());
        } finally {
            plug.rest();
        }
        return plug.rest();
    }

    private Outcome attempt(Fault fault, Supplier<Report> request, Picture before, Picture after) {
        List<String> losses = new ArrayList<>();
        long reports = lastReport();
        System.clearProperty(STEPS);
        Optional<Report.Outcome> outcome = Optional.empty();
        String text;
        plug.watch(Optional.of(fault));
        try {
            Report report = request.get();
            outcome = Optional.of(report.outcome());
            text = report.problems().toString();
        } catch (RuntimeException | Error e) {
            text = e.toString();
        } finally {
            plug.rest();
        }
        boolean done = outcome.equals(Optional.of(Report.Outcome.DONE));
        if (outcome.equals(Optional.of(Report.Outcome.BROKEN))) {
            losses.add("is broken: " + text);
        }
        // A component whose activation failed once and then went well is as good as any other.
        boolean healed = fault.point().contains(" activate #");
        if (done && !healed && !text.contains(Plug.MARK) && plug.pulled()) {
            losses.add("was done and nobody was told of the fault");
        }
        boolean left = done
                && fault.point().matches("(CodeServer\\.(uninstall|stop)|Belongings\\.giveBack|Switchboard\\.drop).*");
        callers.whileQuiet(() -> (done ? after : before).differences(Picture.of(container))).stream()
                .filter(difference -> !left)
                .forEach(losses::add);
        if (!done && System.getProperty(STEPS) != null) {
            losses.add("steps were not taken back: " + System.getProperty(STEPS));
        }
        List<String> states = callers.whileQuiet(this::lostStates);
        List<String> failures = callers.failures();
        losses.addAll(states);
        losses.addAll(failures);
        losses.addAll(history(reports, done));
        return new Outcome(plug.pulled(), left, failures.size(), states.size(), losses);
    }

    private long lastReport() {
        return handler.history().stream().mapToLong(Report::number).max().orElse(0);
    }

    /** A request that changed something, or began to, is in the history with an end that is true. */
    private List<String> history(long before, boolean done) {
        List<Report> history = handler.history();
        if (lastReport() == before) {
            // Refused before its first record.
            return done ? List.of("the history does not know it") : List.of();
        }
        Report last =
                history.stream().max(Comparator.comparingLong(Report::number)).orElseThrow();
        boolean end = last.outcome() == Report.Outcome.INTERRUPTED;
        return end || done == (last.outcome() == Report.Outcome.DONE)
                ? List.of()
                : List.of("the history says " + last.outcome());
    }

    /** What stateful applications hold that is not what was posted. */
    private List<String> lostStates() {
        Map<String, Long> accepted = callers.accepted();
        return Bank.STATEFUL.stream()
                .map(name -> name + " " + held(name))
                .filter(held -> !held.endsWith(" " + accepted + " written"))
                .map(held -> held + ", accepted were " + accepted)
                .toList();
    }

    private String held(String application) {
        try {
            return container.service(application).apply("?");
        } catch (RuntimeException e) {
            return e.toString();
        }
    }

    private void configure(String location) throws IOException {
        ConfigurationAdmin admin = Optional.ofNullable(
                        container.context().getServiceReference(ConfigurationAdmin.class))
                .map(container.context()::getService)
                .orElseThrow();
        admin.getConfiguration("bank.accounts.Book", location)
                .update(FrameworkUtil.asDictionary(Map.of("currency", "EUR")));
    }

    private static void must(Report report) {
        if (report.outcome() != Report.Outcome.DONE || !report.problems().isEmpty()) {
            throw new IllegalStateException(
                    report.operation() + " without a fault: " + report.outcome() + " " + report.problems());
        }
    }

    @Override
    public void close() {
        callers.close();
        container.close();
        plug.remove();
        System.clearProperty(STEPS);
        System.clearProperty("bank.mail");
    }
}
