// SPDX-License-Identifier: Apache-2.0
package io.theseus.itests.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.theseus.itests.faults.Fault.Kind;
import io.theseus.release.InstallOptions;
import io.theseus.release.PermanentOptions;
import io.theseus.release.Problem;
import io.theseus.release.Progress;
import io.theseus.release.ReleaseHandler;
import io.theseus.release.ReleaseId;
import io.theseus.release.ReleaseStatus;
import io.theseus.release.Report;
import io.theseus.release.Report.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osgi.framework.Bundle;
import org.osgi.framework.startlevel.BundleStartLevel;

/** {@code make-permanent --refresh}: who is of no release ends up with the new library, wherever it fails or the JVM ends. */
class RefreshTest {
    private static final String RECORD = "Disk.replace RELEASES";

    @TempDir
    Path folder;

    private final Plug plug = new Plug();
    private Path home;
    private EmbeddedContainer container;
    private ReleaseHandler handler;
    private ReleaseId two;

    @BeforeEach
    void bake() throws Exception {
        home = folder.resolve("home");
        Till till = new Till(Files.createDirectories(folder.resolve("till")));
        start();
        ReleaseId one = handler.unpack(till.write("1.0.0")).release().id();
        assertDone(handler.install(one, InstallOptions.DEFAULT, Progress.SILENT));
        assertDone(handler.makePermanent(one, PermanentOptions.DEFAULT, Progress.SILENT));
        Bundle stays = container.context().installBundle(till.writeOutsider().toString());
        // As in Karaf: release handling is there before whoever is not part of the container.
        stays.adapt(BundleStartLevel.class).setStartLevel(80);
        stays.start();
        two = handler.unpack(till.write("2.0.0")).release().id();
        assertDone(handler.install(two, InstallOptions.DEFAULT, Progress.SILENT));
        assertThat(answers()).containsExactly("stays 1.0.0", "ledger 2.0.0");
    }

    @AfterEach
    void close() {
        container.close();
        plug.remove();
    }

    private void start() throws Exception {
        container = new EmbeddedContainer(Files.createDirectories(home), plug);
        handler = container.handler();
    }

    private static void assertDone(Report report) {
        assertThat(report.problems()).as(report.operation()).isEmpty();
        assertThat(report.outcome()).isEqualTo(Outcome.DONE);
    }

    private List<String> answers() {
        return Stream.of("stays", "ledger")
                .map(name -> name + " " + container.service(name).apply("?"))
                .toList();
    }

    private List<String> bundles() {
        return Stream.of(container.context().getBundles())
                .filter(bundle -> List.of("money", "ledger", "stays").contains(bundle.getSymbolicName()))
                .map(FaultyPorts::text)
                .sorted()
                .toList();
    }

    private ReleaseId permanent() {
        return handler.releases().stream()
                .filter(info -> info.status() == ReleaseStatus.PERMANENT)
                .map(info -> info.release().id())
                .findFirst()
                .orElseThrow();
    }

    private Report makePermanent() {
        return handler.makePermanent(two, PermanentOptions.DEFAULT.refreshing(), Progress.SILENT);
    }

    private void assertServes(String version) {
        assertThat(permanent()).hasToString("till/" + version);
        assertThat(bundles()).containsExactly("ledger 1.0.0", "money " + version, "stays 1.0.0");
        assertThat(answers()).containsExactly("stays " + version, "ledger " + version);
    }

    /** What is on the disk at a point is what a kill at that point leaves. */
    @Test
    void aKillAtAnyPointLeadsToThePermanentReleaseAndItsLibrary() throws Exception {
        Map<String, Path> kills = new LinkedHashMap<>();
        plug.show(point -> kill(point, kills));
        assertDone(makePermanent());
        List<String> points = plug.rest();
        assertServes("2.0.0");
        container.close();

        assertThat(points).anyMatch(point -> point.startsWith("CodeServer.refresh"));
        // What is written beside it counts when it is moved there.
        int record = points.indexOf(RECORD + " #1") + 1;
        assertThat(points.get(record)).startsWith("Disk.move");
        for (Map.Entry<String, Path> kill : kills.entrySet()) {
            delete(home);
            Files.move(kill.getValue(), home);
            start();
            try {
                assertServes(points.indexOf(kill.getKey()) > record ? "2.0.0" : "1.0.0");
            } catch (AssertionError e) {
                throw new AssertionError("after a kill before " + kill.getKey(), e);
            } finally {
                container.close();
            }
        }
    }

    private void kill(String point, Map<String, Path> kills) {
        Path copy = folder.resolve("kill" + kills.size());
        try {
            for (Path each : files(home)) {
                Files.copy(each, copy.resolve(home.relativize(each)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        kills.put(point, copy);
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.toList();
        }
    }

    private static void delete(Path folder) throws IOException {
        List<Path> files = new ArrayList<>(files(folder));
        java.util.Collections.reverse(files);
        for (Path file : files) {
            Files.delete(file);
        }
    }

    @ParameterizedTest
    @CsvSource({"BEFORE, 1.0.0", "AFTER, 2.0.0", "ERROR, 2.0.0"})
    void aRefreshThatFailsIsToldAndLosesNothing(Kind kind, String library) throws Exception {
        plug.watch(Optional.of(new Fault("CodeServer.refresh(1 bundles, 2 bundles) #1", kind)));
        Report report = makePermanent();
        plug.rest();

        assertThat(report.outcome()).isEqualTo(Outcome.DONE);
        assertThat(report.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.where()).contains("refresh", "stays 1.0.0"))
                .extracting(Problem::text)
                .asString()
                .contains(Plug.MARK);
        assertThat(handler.history())
                .filteredOn(told -> told.number() == report.number())
                .extracting(Report::problems)
                .containsExactly(report.problems());
        assertThat(permanent()).isEqualTo(two);
        assertThat(answers()).containsExactly("stays " + library, "ledger 2.0.0");

        container.close();
        start();
        assertServes("2.0.0");
    }
}
