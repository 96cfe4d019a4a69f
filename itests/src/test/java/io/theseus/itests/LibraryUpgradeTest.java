// SPDX-License-Identifier: Apache-2.0
package io.theseus.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.theseus.itests.made.MadeBundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A library changes under four applications that stay in their version: one counts, and hands the count over, one offers a service whose
 * interface is the library's, one calls it, and one can not run twice. An outsider calls all of them all the time, and hears which bundles stop.
 */
class LibraryUpgradeTest {
    private static final Pattern COUNTS = Pattern.compile("calls=(\\d+) failed=(\\d+) stopped=\\[(.*?)\\] last=(.*)");
    private static final String RATE = """
            package money;
            public interface Rate { String rate(); }
            """;
    private static final String LEDGER = """
            package ledger;
            public class Ledger implements java.util.function.Supplier<String>, io.theseus.api.CodeChange<Long> {
              private final java.util.concurrent.atomic.AtomicLong count = new java.util.concurrent.atomic.AtomicLong();
              public String get() { return money.Money.version() + " " + count.incrementAndGet(); }
              public Long suspend() { return count.get(); }
              public void codeChange(Long state, io.theseus.api.Change change) { count.set(state); }
              public void resume() {}
            }
            """;
    private static final String CODE_CHANGE = """
            package io.theseus.api;
            public interface CodeChange<S> { S suspend(); void codeChange(S state, Change change); void resume(); }
            """;
    private static final String PRICING = """
            package pricing;
            public class Pricing implements money.Rate {
              public String rate() { return money.Money.version(); }
            }
            """;
    private static final String CHECKOUT = """
            package checkout;
            public class Checkout implements java.util.function.Supplier<String> {
              private volatile money.Rate rate;
              public void bind(money.Rate bound) { rate = bound; }
              public void unbind(money.Rate bound) {}
              public String get() {
                String mine = money.Money.version();
                String asked = rate.rate();
                if (!asked.equals(mine)) { throw new IllegalStateException(mine + " asked " + asked); }
                return mine;
              }
            }
            """;
    private static final String BELL = """
            package bell;
            public class Bell implements org.osgi.framework.BundleActivator {
              public void start(org.osgi.framework.BundleContext context) { money.Money.version(); }
              public void stop(org.osgi.framework.BundleContext context) {}
            }
            """;
    /** What it has is nobody's business here. */
    private static final String UNRELATED = """
            <features name='unrelated' xmlns='http://karaf.apache.org/xmlns/features/v1.6.0'>
              <feature name='health' version='1.0.0'>
                <bundle>mvn:org.apache.felix/org.apache.felix.healthcheck.api/2.0.4</bundle>
              </feature>
            </features>
            """;
    /** Fails on an answer that comes twice, or is less than the one before: then the count was lost. */
    private static final String CLIENT = """
            package client;
            public class Client implements org.osgi.framework.SynchronousBundleListener {
              private final java.util.Queue<String> stopped = new java.util.concurrent.ConcurrentLinkedQueue<>();
              private final java.util.concurrent.atomic.AtomicLong calls = new java.util.concurrent.atomic.AtomicLong();
              private final java.util.concurrent.atomic.AtomicLong failed = new java.util.concurrent.atomic.AtomicLong();
              private volatile java.util.function.Supplier<String> ledger;
              private volatile java.util.function.Supplier<String> checkout;
              private volatile String last = "none";
              private volatile boolean ended;
              private Thread thread;
              private org.osgi.framework.BundleContext context;
              public void setLedger(java.util.function.Supplier<String> bound) { ledger = bound; }
              public void setCheckout(java.util.function.Supplier<String> bound) { checkout = bound; }
              public void begin(org.osgi.framework.BundleContext own) {
                context = own;
                own.addBundleListener(this);
                thread = new Thread(this::call, "client");
                thread.setDaemon(true);
                thread.start();
              }
              public void end() throws InterruptedException { context.removeBundleListener(this); ended = true; thread.join(); }
              public void bundleChanged(org.osgi.framework.BundleEvent event) {
                if (event.getType() == org.osgi.framework.BundleEvent.STOPPED) {
                  stopped.add(event.getBundle().getSymbolicName());
                }
              }
              public void counts() {
                System.out.println("calls=" + calls + " failed=" + failed + " stopped=" + stopped + " last=" + last);
              }
              private void call() {
                long before = 0;
                while (!ended) {
                  try {
                    String answer = checkout.get() + " " + ledger.get();
                    long count = Long.parseLong(answer.substring(answer.lastIndexOf(' ') + 1));
                    if (count != before + 1 && before > 0) { throw new IllegalStateException(before + " before " + count); }
                    before = count;
                    last = answer;
                  } catch (RuntimeException | LinkageError e) {
                    failed.incrementAndGet();
                    last = e.toString();
                  }
                  calls.incrementAndGet();
                  java.util.concurrent.locks.LockSupport.parkNanos(200_000);
                }
              }
            }
            """;

    @TempDir
    Path folder;

    private KarafProcess karaf;

    @BeforeEach
    void runTheFirstRelease() throws IOException {
        applications();
        karaf = KarafProcess.unpack(Built.theseus(), folder.resolve("karaf"), Built.repositories());
        karaf.start();
        karaf.run("release:unpack " + release("1.0.0").toUri());
        karaf.run("release:unpack " + release("1.1.0").toUri());
        karaf.run("release:install --permanent till/1.0.0");
        for (String bundle : List.of("stays-1.0.0.jar", "client-1.0.0.jar")) {
            karaf.run("bundle:install -s " + folder.resolve(bundle).toUri());
        }
        awaitAnswerOf("1.0.0");
        Path unrelated = Files.writeString(folder.resolve("unrelated.xml"), UNRELATED);
        karaf.run("feature:repo-add " + unrelated.toUri());
    }

    @AfterEach
    void stop() {
        karaf.close();
    }

    @Test
    void itsUsersMoveAlongUnderCallsAndNobodyElseIsStopped() {
        String plan = karaf.run("release:plan till/1.1.0");
        assertThat(plan)
                .contains("it moves along: it is wired to packages of money 1.0.0")
                .containsPattern(
                        "stays 1\\.0\\.0 \\(bundle \\d+\\) belongs to no release and stays wired to money 1\\.0\\.0");
        Map<String, List<Long>> first = bundles();

        assertThat(karaf.run("release:install till/1.1.0")).contains("done");
        awaitAnswerOf("1.1.0");

        assertThat(bundles()).allSatisfy((name, ids) -> assertThat(ids).hasSize(name.equals("stays") ? 1 : 2));
        leavesBothGenerationsAsTheyAre();
        assertThat(karaf.run("release:rollback")).contains("done");
        awaitAnswerOf("1.0.0");
        assertThat(bundles()).isEqualTo(first);
        assertThat(states()).filteredOn(line -> line.endsWith("bell")).containsOnly("Active bell");

        assertThat(karaf.run("release:install till/1.1.0")).contains("done");
        awaitAnswerOf("1.1.0");
        leavesBothGenerationsAsTheyAre();
        assertThat(karaf.run("release:make-permanent till/1.1.0"))
                .contains("done")
                .doesNotContain("karaf-");
        awaitAnswerOf("1.1.0");

        Map<String, List<Long>> permanent = bundles();
        assertThat(permanent).allSatisfy((name, ids) -> assertThat(ids).hasSize(1));
        assertThat(permanent.get("stays")).isEqualTo(first.get("stays"));
        assertThat(permanent.get("ledger")).isNotEqualTo(first.get("ledger"));
        Matcher counts = counts();
        assertThat(Long.parseLong(counts.group(1))).isGreaterThan(100);
        assertThat(counts.group(2)).as(counts.group()).isEqualTo("0");
        assertThat(Stream.of(counts.group(3).split(", ")).collect(Collectors.toSet()))
                .isSubsetOf("money", "ledger", "pricing", "checkout", "bell", "org.apache.felix.healthcheck.api");

        karaf.stop();
        karaf.start();
        awaitAnswerOf("1.1.0");
        assertThat(bundles()).isEqualTo(permanent);
    }

    @Test
    void aKillWhileItBakesLeadsBackToTheFirstOfTwo() {
        Map<String, List<Long>> first = bundles();
        assertThat(karaf.run("release:install till/1.1.0")).contains("done");
        awaitAnswerOf("1.1.0");
        leavesBothGenerationsAsTheyAre();

        karaf.kill();
        karaf.start();

        awaitAnswerOf("1.0.0");
        assertThat(bundles()).isEqualTo(first);
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(states())
                        .filteredOn(line -> line.endsWith("bell"))
                        .containsOnly("Active bell"));
        assertThat(provider("stays")).contains("money 1.0.0");
        assertThat(karaf.run("release:install --permanent --refresh till/1.1.0"))
                .contains("done");
        awaitAnswerOf("1.1.0");
        assertThat(provider("stays")).contains("money 1.1.0").doesNotContain("money 1.0.0");
        assertThat(states()).contains("Active stays");
        Matcher counts = counts();
        assertThat(counts.group(2)).as(counts.group()).isEqualTo("0");
        assertThat(Stream.of(counts.group(3).split(", ")).collect(Collectors.toSet()))
                .contains("stays")
                .isSubsetOf(
                        "money", "ledger", "pricing", "checkout", "bell", "stays", "org.apache.felix.healthcheck.api");
    }

    /** What the packages come from that a bundle imports. */
    private String provider(String name) {
        return karaf.run("bundle:requirements --namespace osgi.wiring.package "
                + bundles().get(name).get(0));
    }

    /** A feature operation that has nothing to do with them. */
    private void leavesBothGenerationsAsTheyAre() {
        List<String> before = states();
        assertThat(before).contains("Resolved bell", "Active bell");
        Map<String, List<Long>> baking = bundles();
        karaf.run("feature:install health");
        karaf.run("feature:uninstall health");
        assertThat(bundles()).isEqualTo(baking);
        assertThat(states()).isEqualTo(before);
    }

    private void applications() {
        for (String version : List.of("1.0.0", "1.1.0")) {
            money(version).write(folder);
        }
        String range = "money;version=\"[1,2)\",io.theseus.api;resolution:=optional";
        String supplier = "<service><provide interface=\"java.util.function.Supplier\"/>%s</service>"
                + "<property name=\"of\" value=\"%s\"/>";
        application("ledger", range)
                .source("ledger.Ledger", LEDGER)
                .against("io.theseus.api.Change", "package io.theseus.api; public interface Change {}")
                .against("io.theseus.api.CodeChange", CODE_CHANGE)
                .component(
                        "ledger.Ledger",
                        "",
                        supplier.formatted("<provide interface=\"io.theseus.api.CodeChange\"/>", "ledger"))
                .write(folder);
        application("pricing", range)
                .source("pricing.Pricing", PRICING)
                .component("pricing.Pricing", "", "<service><provide interface=\"money.Rate\"/></service>")
                .write(folder);
        application("checkout", range)
                .source("checkout.Checkout", CHECKOUT)
                .component(
                        "checkout.Checkout",
                        "",
                        supplier.formatted("", "checkout")
                                + "<reference name=\"rate\" interface=\"money.Rate\" bind=\"bind\" unbind=\"unbind\"/>")
                .write(folder);
        application("bell", range + ",org.osgi.framework")
                .source("bell.Bell", BELL)
                .header("Bundle-Activator", "bell.Bell")
                .write(folder);
        MadeBundle.of("stays", "1.0.0").header("Import-Package", range).write(folder);
        MadeBundle.of("client", "1.0.0")
                .source("client.Client", CLIENT)
                .component(
                        "client.Client",
                        "immediate=\"true\" activate=\"begin\" deactivate=\"end\"",
                        "<service><provide interface=\"client.Client\"/></service>"
                                + "<property name=\"osgi.command.scope\" value=\"till\"/>"
                                + "<property name=\"osgi.command.function\" value=\"counts\"/>"
                                + "<reference name=\"ledger\" interface=\"java.util.function.Supplier\""
                                + " target=\"(of=ledger)\" bind=\"setLedger\"/>"
                                + "<reference name=\"checkout\" interface=\"java.util.function.Supplier\""
                                + " target=\"(of=checkout)\" bind=\"setCheckout\"/>")
                .write(folder);
    }

    private static MadeBundle money(String version) {
        return MadeBundle.of("money", version)
                .header("Export-Package", "money;version=" + version)
                .source("money.Rate", RATE)
                .source("money.Money", moneyClass(version));
    }

    private static String moneyClass(String version) {
        return "package money; public class Money { public static String version() { return \"" + version + "\"; } }";
    }

    private static MadeBundle application(String name, String imports) {
        return MadeBundle.of(name, "1.0.0")
                .header("Theseus-Application", "true")
                .header("Import-Package", imports)
                .against("money.Rate", RATE)
                .against("money.Money", moneyClass("0"));
    }

    private Path release(String money) throws IOException {
        return Files.writeString(folder.resolve("till-" + money + ".yaml"), """
                release: till
                version: %s
                bundles:
                  - money-%s.jar
                  - ledger-1.0.0.jar
                  - pricing-1.0.0.jar
                  - checkout-1.0.0.jar
                  - bell-1.0.0.jar
                """.formatted(money, money));
    }

    private void awaitAnswerOf(String version) {
        long before = await().atMost(Duration.ofSeconds(60))
                .ignoreExceptions()
                .until(() -> Long.parseLong(counts().group(1)), calls -> calls > 0);
        await().atMost(Duration.ofSeconds(60)).ignoreExceptions().untilAsserted(() -> {
            Matcher counts = counts();
            assertThat(Long.parseLong(counts.group(1))).isGreaterThan(before + 10);
            assertThat(counts.group(4)).startsWith(version + " " + version + " ");
        });
    }

    private Matcher counts() {
        Matcher counts = COUNTS.matcher(karaf.run("till:counts"));
        assertThat(counts.find()).isTrue();
        return counts;
    }

    /** Ids of the bundles concerned, by symbolic name. */
    private Map<String, List<Long>> bundles() {
        Map<String, List<Long>> bundles = new TreeMap<>();
        Matcher line = lines();
        while (line.find()) {
            bundles.merge(
                    line.group(3),
                    List.of(Long.parseLong(line.group(1))),
                    (a, b) -> Stream.concat(a.stream(), b.stream()).toList());
        }
        return bundles;
    }

    /** State and symbolic name of each, in the order of their ids. */
    private List<String> states() {
        List<String> states = new ArrayList<>();
        Matcher line = lines();
        while (line.find()) {
            states.add(line.group(2) + " " + line.group(3));
        }
        return states;
    }

    private Matcher lines() {
        return Pattern.compile("(?m)^\\s*(\\d+)\\W+(\\w+)\\b.*\\b(money|ledger|pricing|checkout|bell|stays)\\s*$")
                .matcher(karaf.run("bundle:list -t 0 -s --no-format"));
    }
}
