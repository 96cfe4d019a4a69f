// SPDX-License-Identifier: Apache-2.0
package io.theseus.shell.internal.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.theseus.release.Report;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.apache.karaf.shell.support.table.ShellTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextsTest {
    @Test
    void planWithReasonsScriptNotesAndProblems() {
        assertThat(print(out -> PlanText.print(Samples.plan(List.of(Samples.PROBLEM)), out)))
                .isEqualTo("""
                        shop/1.0.0 -> shop/2.0.0 (up)
                        Application | From  | To    | How                    | By        | Why
                        ------------+-------+-------+------------------------+-----------+---------------
                        acme.ledger | 1.0.0 | 2.0.0 | update ledger.Accounts | appup     | it holds state
                        acme.mail   | -     | 1.0.0 | add_application        | generated | it is new
                        Script:
                          load_object_code acme.ledger 2.0.0  # appup.yaml:4
                          point_of_no_return  # generated
                        Brings, and takes away again if it is taken back:
                          configuration acme.rates~eu
                        Leaves as it is, since it is there:
                          file etc/acme.xml
                        Notes:
                          acme.ledger is suspended; acme.checkout waits with it
                        Problems:
                          ledger.Accounts: the field 'limit' is lost; add allow_loss: [limit]
                        """);
    }

    @Test
    void planBeforeAnInstallIsShort() {
        assertThat(print(out -> PlanText.printRows(Samples.plan(List.of()), out)))
                .contains("update ledger.Accounts", "acme.checkout waits", "acme.rates~eu")
                .doesNotContain("Why", "Script:", "Problems:", "etc/acme.xml");
    }

    @Test
    void reportOfAnInstallThatWasTakenBack() {
        assertThat(print(out -> ReportText.print(Samples.report("install", Report.Outcome.UNDONE), true, out)))
                .isEqualTo("""
                        install shop/1.0.0 -> shop/2.0.0: failed and taken back. shop/1.0.0 runs as before.
                          report 7, at 2026-11-20T10:15:30Z, by karaf, took 1.24 s
                          why: the shop asked for it
                          switch                            3 us
                          gates closed for                  4.12 ms
                          calls that waited at a gate       17
                          bundles                           5
                        Steps:
                                3 us  load acme.ledger
                        Problems:
                          ledger.Accounts: the field 'limit' is lost; add allow_loss: [limit]
                        """);
    }

    @ParameterizedTest
    @CsvSource({
        "DONE, done.",
        "RESTARTING, the container restarts into shop/2.0.0 now.",
        "REFUSED, refused. Nothing has changed.",
        "UNDONE, failed and taken back. shop/1.0.0 runs as before.",
        "BROKEN, 'failed, and taking it back failed too. Restart the container: it starts the permanent release.'",
        "INTERRUPTED, the JVM ended before this did.",
    })
    void everyOutcomeHasASentence(Report.Outcome outcome, String sentence) {
        assertThat(ReportText.verdict(Samples.report("check", outcome)))
                .isEqualTo("check shop/1.0.0 -> shop/2.0.0: " + sentence);
    }

    @Test
    void status() {
        assertThat(print(out -> StatusText.print(Samples.STATUS, Samples.UNSETTLED, false, out)))
                .isEqualTo("""
                        Permanent  shop/1.0.0
                        Current    shop/2.0.0
                        Activity   baking, for 12.3 s
                        Calls left in the generation that is not current: 1
                          qtp-31 in acme.checkout
                            at a
                            at b
                            at c
                            at d
                            at e
                            and 2 more; --verbose shows them
                        Purged, but the class loader has not been collected yet (release:collect asks for that):
                          acme.ledger 0.9.0
                        Dropped files that were refused or wait:
                          /deploy/shop-3.0.0.yaml refused
                            the ledger is broken
                            the shop too
                          /deploy/shop-4.0.0.yaml waits
                            waits until release shop/2.0.0 is permanent
                        """);
    }

    @Test
    void releases() {
        assertThat(table(Tables.releases(Samples.RELEASES))).isEqualTo("""
                        Release    | Status    | Since                | Applications | Bundles
                        -----------+-----------+----------------------+--------------+--------
                        shop/2.0.0 | unpacked  | 2026-11-20T10:15:30Z | 1            | 2
                        shop/1.0.0 | permanent | 2026-11-20T10:15:30Z | 1            | 2
                        shop/1.5.0 | current   | 2026-11-20T10:15:30Z | 1            | 2
                        shop/0.9.0 | old       | 2026-11-20T10:15:30Z | 1            | 2
                        """);
    }

    @Test
    void applications() {
        assertThat(table(Tables.applications(Samples.APPLICATIONS, List.of()))).isEqualTo("""
                        Application | Version | Beside it | Services | Side by side | Why not
                        ------------+---------+-----------+----------+--------------+--------------------
                        acme.ledger | 1.0.0   | 2.0.0     | 2        | yes          |
                        acme.mail   | 1.0.0   | -         | 0        | no           | it has an activator
                        """);
    }

    @Test
    void history() {
        assertThat(table(Tables.history(List.of(Samples.report("install", Report.Outcome.UNDONE)))))
                .isEqualTo("""
                        No | At                   | Operation | From       | To         | Outcome | Took   | By    | Why
                        ---+----------------------+-----------+------------+------------+---------+--------+-------+----------------------
                        7  | 2026-11-20T10:15:30Z | install   | shop/1.0.0 | shop/2.0.0 | undone  | 1.24 s | karaf | the shop asked for it
                        """);
        assertThat(table(Tables.history(List.of()))).contains("nothing was done yet");
    }

    @ParameterizedTest
    @CsvSource({
        "999, 999 us",
        "1000, 1.00 ms",
        "45600, 45.6 ms",
        "999400, 999 ms",
        "1240000, 1.24 s",
        "125000000, 2 min 5 s",
        "7380000000, 2 h 3 min",
    })
    void timesHaveTheUnitAPersonWouldChoose(long micros, String text) {
        assertThat(HumanTime.of(Duration.ofNanos(micros * 1000))).isEqualTo(text);
    }

    private static String table(ShellTable table) {
        return print(table::print);
    }

    private static String print(Consumer<PrintStream> printing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        printing.accept(new PrintStream(bytes, true, StandardCharsets.US_ASCII));
        return bytes.toString(StandardCharsets.US_ASCII).replaceAll(" +(?=\n)", "");
    }
}
