// SPDX-License-Identifier: Apache-2.0
package io.theseus.samples.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ScenarioTest {
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private StubShop shop;
    private FakeConsole console;

    @BeforeEach
    void open() throws IOException {
        shop = new StubShop();
        console = new FakeConsole(shop);
    }

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void passesAndPrintsOneLineForEachPhase() throws Exception {
        assertThat(run(console)).isTrue();

        assertThat(results())
                .hasSize(4)
                .allSatisfy(
                        line -> assertThat(line)
                                .matches(
                                        "RESULT phase=\\w+ from=\\S+ to=\\S+ calls=\\d+ failed=0 mixed=0 p50_ms=[\\d.]+ p99_ms=[\\d.]+"
                                                + " longest_ms=[\\d.]+ switch_us=(\\d+|-) suspended_ms=([\\d.]+|-) install_ms=([\\d.]+|-)"
                                                + " lost_postings=0 sessions_kept=(true|false) leaked_loaders=0 stall_ms=[\\d.]+"));
        assertThat(results().get(0))
                .contains("phase=upgrade from=1.0.0 to=2.0.0")
                .contains("switch_us=7 suspended_ms=1.500 install_ms=42.000")
                .contains("sessions_kept=true");
        assertThat(results().get(1)).contains("phase=broken from=2.0.0 to=3.0.0");
        assertThat(results().get(2)).contains("phase=downgrade from=2.0.0 to=1.0.0");
        assertThat(results().get(3)).contains("phase=restart").contains("sessions_kept=false");
        assertThat(text()).contains("quiet_longest_ms=").contains("undone, because ledger: never audited");
    }

    @Test
    void drivesTheReleasesInOrder() throws Exception {
        run(console);

        assertThat(console.commands)
                .filteredOn(c -> c.startsWith("release:install") || c.startsWith("release:make"))
                .containsExactly(
                        "release:install shop/1.0.0 --permanent",
                        "release:install shop/2.0.0 --bake 1s",
                        "release:make-permanent shop/2.0.0",
                        "release:install shop/3.0.0 --bake 1s",
                        "release:install shop/1.0.0 --bake 1s",
                        "release:make-permanent shop/1.0.0");
    }

    @Test
    void failsWhenAnAnswerMetTwoReleases() throws Exception {
        atInstallOf("shop/2.0.0", () -> shop.fault = line -> line.replace("[2.0.0,", "[1.0.0,"));

        assertThat(run(console)).isFalse();
        assertThat(results().get(0)).doesNotContain("mixed=0");
    }

    @Test
    void failsWhenACallFails() throws Exception {
        AtomicInteger once = new AtomicInteger();
        atInstallOf("shop/2.0.0", () -> shop.fault = line -> once.getAndIncrement() == 7 ? "nonsense" : line);

        assertThat(run(console)).isFalse();
        assertThat(results().get(0)).contains("failed=1 ");
        assertThat(text()).contains("failed 1 times: an answer without versions");
    }

    @Test
    void failsWhenAPostingIsLost() throws Exception {
        atInstallOf("shop/2.0.0", () -> shop.forgetsPostings = true);

        assertThat(run(console)).isFalse();
        assertThat(results().get(0)).doesNotContain("lost_postings=0");
    }

    @Test
    void failsWhenSessionsAreLost() throws Exception {
        atInstallOf("shop/2.0.0", () -> shop.forgetsSessions = true);

        assertThat(run(console)).isFalse();
        assertThat(results().get(0)).contains("sessions_kept=false");
    }

    @Test
    void failsWhenAClassLoaderIsLeaked() throws Exception {
        console.leaked = 1;

        assertThat(run(console)).isFalse();
        assertThat(results().get(0)).contains("leaked_loaders=1");
    }

    @Test
    void failsWhenTheBrokenReleaseLeavesSomething() throws Exception {
        atInstallOf("shop/3.0.0", () -> console.leaked = 1);

        assertThat(run(console)).isFalse();
        assertThat(results().get(1)).contains("leaked_loaders=1");
    }

    @Test
    void endsWhenTheBrokenReleaseIsTaken() throws Exception {
        console.outcomeOfThird = "done";

        assertThat(run(console)).isFalse();
        assertThat(results()).hasSize(2);
        assertThat(text()).contains("3.0.0 was to be undone, and is done");
    }

    @Test
    void endsWhenTheWrongReleaseServesAfterwards() throws Exception {
        atInstallOf("shop/3.0.0", () -> shop.version = "3.0.0");

        assertThat(run(console)).isFalse();
        assertThat(text()).contains("[3.0.0] serve at the end, not 2.0.0");
    }

    private Runnable hook = () -> {};
    private String hooked = "";

    private void atInstallOf(String release, Runnable action) {
        hooked = "release:install " + release;
        hook = action;
    }

    private boolean run(FakeConsole fake) throws InterruptedException {
        Options options = new Options(shop.port(), 400, 4, 0, 40, "1s");
        Console hooking = new Console() {
            @Override
            public int run(String command, Consumer<String> eachLine) {
                int status = fake.run(command, eachLine);
                if (!hooked.isEmpty() && command.startsWith(hooked)) {
                    hook.run();
                }
                return status;
            }

            @Override
            public void close() {
                fake.close();
            }
        };
        return new Scenario(
                        options,
                        new StubContainer(),
                        hooking,
                        new Out(new PrintStream(printed, true, StandardCharsets.UTF_8)))
                .run();
    }

    private String text() {
        return printed.toString(StandardCharsets.UTF_8);
    }

    private List<String> results() {
        return text().lines().filter(l -> l.startsWith("RESULT ")).toList();
    }

    private final class StubContainer implements Container {
        @Override
        public void start() {
            shop.forget();
        }

        @Override
        public void stop() {}

        @Override
        public boolean alive() {
            return true;
        }

        @Override
        public void close() {}
    }
}
