// SPDX-License-Identifier: Apache-2.0
package io.theseus.itests.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.theseus.itests.made.MadeBundle;
import io.theseus.release.InstallOptions;
import io.theseus.release.PermanentOptions;
import io.theseus.release.Progress;
import io.theseus.release.RefusedException;
import io.theseus.release.ReleaseHandler;
import io.theseus.release.ReleaseId;
import io.theseus.release.Report;
import io.theseus.release.Report.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** Releases come and go under load, while others work in the same container by hand. */
class RacesTest {
    private static final String FOREIGN = "foreign";

    @TempDir
    Path folder;

    private final Plug plug = new Plug();
    private EmbeddedContainer container;
    private ReleaseHandler handler;
    private ReleaseId one;
    private ReleaseId two;

    @BeforeEach
    void open() throws Exception {
        Bank bank = new Bank(Files.createDirectories(folder.resolve("bank")));
        container = new EmbeddedContainer(folder, plug);
        handler = container.handler();
        one = handler.unpack(bank.write("1.0.0")).release().id();
        assertThat(install(one).outcome()).isEqualTo(Outcome.DONE);
        handler.makePermanent(one, PermanentOptions.DEFAULT, Progress.SILENT);
        two = handler.unpack(bank.write("2.0.0")).release().id();
    }

    @AfterEach
    void close() {
        container.close();
        plug.remove();
        System.clearProperty("bank.steps");
        System.clearProperty("bank.mail");
    }

    private Report install(ReleaseId id) {
        return handler.install(id, InstallOptions.DEFAULT, Progress.SILENT);
    }

    @Test
    void whatOthersDoDisturbsNoReleaseAndNoReleaseDisturbsThem() throws Exception {
        try (Callers callers = new Callers(container.service(Bank.FRONT), container.service(Bank.MAIL))) {
            services().run(0);
            Picture before = callers.whileQuiet(() -> Picture.of(container));
            List<Meddler> meddlers =
                    List.of(new Meddler(bundles()), new Meddler(configurations()), new Meddler(services()));
            for (int i = 0; i < 6; i++) {
                assertDone(install(two));
                assertDone(handler.rollback(false, Progress.SILENT));
            }
            for (Meddler meddler : meddlers) {
                assertThat(meddler.end()).isEmpty();
                assertThat(meddler.rounds.get()).isPositive();
            }

            assertThat(callers.failures()).isEmpty();
            assertThat(callers.whileQuiet(() -> before.differences(Picture.of(container))))
                    .isEmpty();
            assertThat(callers.whileQuiet(() -> lost(callers.accepted()))).isEmpty();
        }
    }

    private static void assertDone(Report report) {
        assertThat(report.problems()).as(report.operation()).isEmpty();
        assertThat(report.outcome()).isEqualTo(Outcome.DONE);
    }

    private List<String> lost(Map<String, Long> accepted) {
        return Bank.STATEFUL.stream()
                .map(name -> container.service(name).apply("?"))
                .filter(held -> !held.equals(accepted + " written"))
                .toList();
    }

    private Round bundles() {
        Path first = foreign("1.0.0");
        Path next = foreign("2.0.0");
        return round -> {
            Bundle bundle = container.context().installBundle(first.toUri().toString());
            bundle.start();
            bundle.update(Files.newInputStream(next));
            bundle.stop();
            bundle.start();
            bundle.uninstall();
        };
    }

    /** With wires: a snapshot follows them, while they go. */
    private Path foreign(String version) {
        return MadeBundle.of(FOREIGN, version)
                .header("Export-Package", FOREIGN)
                .header("Import-Package", "org.osgi.framework")
                .write(folder);
    }

    private Round configurations() {
        ConfigurationAdmin admin =
                container.context().getService(container.context().getServiceReference(ConfigurationAdmin.class));
        String owner = folder.resolve("bank/bank.audit-1.0.0.jar").toUri().toString();
        return round -> {
            Configuration bound = admin.getConfiguration(FOREIGN + ".bound", owner);
            bound.update(FrameworkUtil.asDictionary(Map.of("round", round)));
            Configuration free = admin.createFactoryConfiguration(FOREIGN + ".factory", "?");
            free.update(FrameworkUtil.asDictionary(Map.of("round", round)));
            free.delete();
            bound.delete();
        };
    }

    /** Services of a bundle that is no application, under the name of those that are. */
    private Round services() {
        return round -> {
            List<ServiceRegistration<?>> storm = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                storm.add(container
                        .client()
                        .registerService(
                                Function.class,
                                Function.identity(),
                                FrameworkUtil.asDictionary(Map.of("app", FOREIGN + i, "round", round))));
            }
            storm.forEach(each -> each.setProperties(FrameworkUtil.asDictionary(Map.of("app", FOREIGN))));
            storm.forEach(ServiceRegistration::unregister);
        };
    }

    @Test
    void anApplicationThatIsStoppedByHandEndsAnInstallHonestlyWhereverItIs() throws Exception {
        List<String> steps = new ArrayList<>();
        handler.install(two, InstallOptions.DEFAULT, (phase, text, elapsed) -> steps.add(text));
        assertDone(handler.rollback(false, Progress.SILENT));

        for (int at = 0; at < steps.size(); at++) {
            stoppedByHand(at, "bank.pricing", at % 2 == 0 ? "1.0.0" : "2.0.0", steps.get(at));
        }
    }

    private void stoppedByHand(int step, String name, String version, String where) throws BundleException {
        AtomicInteger told = new AtomicInteger();
        String what = name + " " + version + " stopped at '" + where + "'";
        Outcome outcome;
        try {
            outcome = handler.install(two, InstallOptions.DEFAULT, (phase, text, elapsed) -> {
                        if (told.getAndIncrement() == step) {
                            stop(name, version);
                        }
                    })
                    .outcome();
        } catch (RefusedException e) {
            outcome = Outcome.REFUSED;
        }
        assertThat(outcome).as(what).isIn(Outcome.DONE, Outcome.UNDONE, Outcome.REFUSED);
        assertThat(handler.status().activity()).as(what).doesNotContain("broken");
        assertThat(handler.status().current()).as(what).isEqualTo(outcome == Outcome.DONE ? two : one);

        for (Bundle bundle : container.context().getBundles()) {
            if (bundle.getSymbolicName().equals(name) && bundle.getState() == Bundle.RESOLVED) {
                bundle.start(Bundle.START_TRANSIENT);
            }
        }
        String serving = outcome == Outcome.DONE ? "2.0.0" : "1.0.0";
        assertThat(container.service(Bank.FRONT).apply("somebody")).as(what).matches("(" + serving + " ?)+");
        if (outcome == Outcome.DONE) {
            assertThat(handler.rollback(true, Progress.SILENT).outcome())
                    .as(what)
                    .isEqualTo(Outcome.DONE);
        }
        assertThat(container.service(Bank.FRONT).apply("somebody")).as(what).matches("(1.0.0 ?)+");
    }

    private void stop(String name, String version) {
        for (Bundle bundle : container.context().getBundles()) {
            if (bundle.getSymbolicName().equals(name)
                    && bundle.getVersion().toString().equals(version)) {
                try {
                    bundle.stop(Bundle.STOP_TRANSIENT);
                } catch (BundleException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
    }

    /** What somebody does again and again. */
    @FunctionalInterface
    private interface Round {
        void run(int round) throws Exception;
    }

    private static final class Meddler {
        final AtomicInteger rounds = new AtomicInteger();
        private final List<String> failures = new ArrayList<>();
        private final Thread thread;
        private volatile boolean ended;

        Meddler(Round round) {
            thread = new Thread(() -> meddle(round), "meddler");
            thread.start();
        }

        private void meddle(Round round) {
            while (!ended) {
                try {
                    round.run(rounds.getAndIncrement());
                } catch (Exception | Error e) {
                    failures.add(e.toString());
                    return;
                }
            }
        }

        List<String> end() throws InterruptedException {
            ended = true;
            thread.join();
            return failures;
        }
    }
}
