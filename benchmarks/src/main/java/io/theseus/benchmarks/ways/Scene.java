// SPDX-License-Identifier: Apache-2.0
package io.theseus.benchmarks.ways;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.theseus.benchmarks.Built;
import io.theseus.benchmarks.Scratch;
import io.theseus.itests.KarafProcess;
import io.theseus.itests.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The container of one way, and the commands an operator types there. Thread safety: for one thread. */
final class Scene implements AutoCloseable {
    private static final String KARAF = "org.apache.karaf/apache-karaf/4.4.10/tar.gz";
    private static final Duration COMMAND = Duration.ofMinutes(5);
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Scratch scratch = Scratch.of("theseus-ways");
    private final ObjectMapper json = new ObjectMapper();
    private final Bundles bundles =
            new Bundles(Files.createDirectories(scratch.folder().resolve("bundles")));
    private final Changes changes = new Changes();
    private final KarafProcess karaf;
    private final String bake;

    /** @param bake how long each release bakes */
    Scene(Way way, String bake) throws IOException, InterruptedException {
        this.bake = bake;
        karaf = way.stock() ? stock() : Built.container(scratch.folder().resolve("karaf"), artifacts());
    }

    private KarafProcess stock() throws IOException, InterruptedException {
        Artifacts.fetch(artifacts(), List.of(KARAF));
        return Built.containerOf(
                Artifacts.file(artifacts(), KARAF), scratch.folder().resolve("karaf"), artifacts(), inDistribution());
    }

    /** The feature scr, which a stock Karaf has no copy of, is there. */
    private Path inDistribution() {
        return Built.distribution(scratch.folder().resolve("distribution"))
                .home()
                .resolve("system");
    }

    Bundles bundles() {
        return bundles;
    }

    KarafProcess karaf() {
        return karaf;
    }

    Changes changes() {
        return changes;
    }

    /** A folder of Maven layout that the container reads. */
    Path artifacts() throws IOException {
        return Files.createDirectories(scratch.folder().resolve("artifacts"));
    }

    Path file(String name, String content) throws IOException {
        return Files.writeString(scratch.folder().resolve(name), content);
    }

    /** Types a command that must succeed, and shows it. */
    String run(String command) throws IOException {
        System.out.println("> " + command);
        Shell.Result result = karaf.attempt(command, COMMAND);
        result.text().lines().map(line -> "  | " + line).forEach(System.out::println);
        if (!result.ok()) {
            throw new IOException(command + " ended with " + result.exit());
        }
        return result.text();
    }

    /** Has Theseus read and store a release, whose relative locations are below the folder of this scene. */
    void unpack(ReleaseText release) throws IOException {
        run("release:unpack " + file(release.file(), release.toString()).toUri());
    }

    /** What is dropped bakes as long as what is installed. To be called before the container starts. */
    void bakeWhatIsDropped() {
        karaf.distribution().put("io.theseus.deployer.cfg", Map.of("bake", bake));
    }

    /** Goes to a release that is unpacked, for good. */
    void install(String release) throws Exception {
        plan(release);
        run("release:install " + release + " --bake " + bake + " --permanent");
        awaitPermanent(release);
    }

    /** Goes to a release and right back, as long as the old code is warm. */
    void tryOut(String release) throws Exception {
        plan(release);
        run("release:install " + release);
        run("release:rollback");
    }

    /** Waits until what was dropped is permanent. Nobody can see its plan before; that of the way back has the same applications. */
    void awaitDropped(String before) throws Exception {
        await("what was dropped to be permanent in place of " + before, () -> {
            JsonNode status = json("release:status --json");
            return !status.path("permanent").asText().equals(before)
                    && status.path("files").isEmpty();
        });
        run("release:history --last 3");
        plan(before);
    }

    private void plan(String release) throws IOException {
        run("release:plan " + release);
        changes.add(json("release:plan " + release + " --json"));
    }

    /** Waits until services answer with what begins like this. */
    void awaitAnswers(String beginning, String... services) throws Exception {
        await("answers of " + beginning + " by " + String.join(", ", services), () -> {
            Probed probed = probe();
            return Stream.of(services)
                    .allMatch(service ->
                            probed.answers().getOrDefault(service, "none").startsWith(beginning));
        });
    }

    Probed probe() {
        return Probed.parse(karaf.run("ways:counts"));
    }

    void mark() {
        karaf.run("ways:mark");
    }

    /** How many bundles the release has that is permanent. */
    long bundlesOfRelease() throws IOException {
        Path store = karaf.distribution().home().resolve("releases");
        Path file = store.resolve(permanent().replace('/', '-')).resolve("release.yaml");
        return Pattern.compile("symbolic_name")
                .matcher(Files.readString(file))
                .results()
                .count();
    }

    void awaitPermanent(String release) throws Exception {
        await(release + " to be permanent", () -> permanent().equals(release));
    }

    String permanent() throws IOException {
        return json("release:status --json").path("permanent").asText();
    }

    private JsonNode json(String command) throws IOException {
        return json.readTree(karaf.attempt(command, COMMAND).text());
    }

    private void await(String what, Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.call()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("waited for " + what + "; the probe says " + probe());
            }
            TimeUnit.MILLISECONDS.sleep(500);
        }
    }

    @Override
    public void close() {
        karaf.close();
        scratch.close();
    }
}
