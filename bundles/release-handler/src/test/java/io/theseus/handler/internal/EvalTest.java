// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.theseus.release.InstallOptions;
import io.theseus.release.Progress;
import io.theseus.release.RefusedException;
import io.theseus.release.ReleaseId;
import io.theseus.release.ReleaseStatus;
import io.theseus.release.Report;
import io.theseus.release.Report.Outcome;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvalTest {
    private static final String UPGRADE = """
            - load_object_code: {application: ledger, version: 2.0.0}
            - point_of_no_return
            - suspend: [{application: ledger, component: ledger.Accounts}]
            - load: [ledger]
            - code_change: {components: [{application: ledger, component: ledger.Accounts}]}
            - resume: [{application: ledger, component: ledger.Accounts}]
            - apply: {application: ledger, action: rebuild}
            """;
    private static final String IN_PLACE = """
            - point_of_no_return
            - suspend: [{application: ledger, component: ledger.Accounts}]
            - code_change: {components: [{application: ledger, component: ledger.Accounts, extra: {rate: 2}}]}
            - resume: [{application: ledger, component: ledger.Accounts}]
            - apply: {application: ledger, action: rebuild}
            """;

    @TempDir
    Path folder;

    private World world;
    private ReleaseId one;
    private ReleaseId two;
    private final List<String> done = new ArrayList<>();

    @BeforeEach
    void open() {
        world = new World(folder);
        world.deciding.stateful.put("ledger", "ledger.Accounts");
        one = world.running("1.0.0", "ledger 1.0.0", "pricing 1.0.0");
        two = world.unpack("2.0.0", "ledger 2.0.0", "pricing 1.0.0");
        world.accounts("ledger 1.0.0").balances = Map.of("alice", 5L);
        world.components.actions.put("rebuild", (change, args) -> {
            done.add("rebuild");
            return () -> done.add("undo rebuild");
        });
        world.components.actions.put("throws", (change, args) -> {
            throw new IllegalStateException("no room");
        });
    }

    @AfterEach
    void close() {
        world.close();
    }

    private Report eval(String script, Optional<ReleaseId> to, InstallOptions options) {
        return world.handler.eval(world.file("script.yaml", script), to, options, Progress.SILENT);
    }

    private Report eval(String script) {
        return eval(script, Optional.empty(), InstallOptions.DEFAULT);
    }

    @Test
    void installsAReleaseByAWrittenScript() {
        Report report = eval(UPGRADE, Optional.of(two), InstallOptions.DEFAULT);

        assertThat(report.outcome()).isEqualTo(Outcome.DONE);
        assertThat(report.operation()).isEqualTo("eval");
        assertThat(world.accounts("ledger 2.0.0").balances).containsEntry("alice", 5L);
        assertThat(done).containsExactly("rebuild");
        assertThat(world.handler.find("2.0.0").status()).isEqualTo(ReleaseStatus.CURRENT);
        assertThat(world.handler.history())
                .last()
                .extracting(Report::operation, Report::to)
                .containsExactly("eval", two);
    }

    @Test
    void whatItInstalledIsRolledBackOrMadePermanentAsAnyOther() {
        eval(UPGRADE, Optional.of(two), InstallOptions.DEFAULT);
        assertThat(world.handler.rollback(false, Progress.SILENT).outcome()).isEqualTo(Outcome.DONE);
        assertThat(world.handler.find("1.0.0").status()).isEqualTo(ReleaseStatus.PERMANENT);

        eval(UPGRADE, Optional.of(two), InstallOptions.DEFAULT.thenPermanent());
        assertThat(world.handler.find("2.0.0").status()).isEqualTo(ReleaseStatus.PERMANENT);
        assertThat(world.code.persistent()).containsExactlyInAnyOrder("ledger 2.0.0", "pricing 1.0.0");
    }

    @Test
    void aStepThatFailsIsUndoneWithAllBefore() {
        Report report = eval(UPGRADE.replace("rebuild", "throws"), Optional.of(two), InstallOptions.DEFAULT);

        assertThat(report.outcome()).isEqualTo(Outcome.UNDONE);
        assertThat(world.accounts("ledger 1.0.0").running).isTrue();
        assertThat(world.accounts("ledger 1.0.0").balances).containsEntry("alice", 5L);
        assertThat(world.handler.find("2.0.0").status()).isEqualTo(ReleaseStatus.UNPACKED);
    }

    @Test
    void aScriptThatLoadsNoCodeLeavesTheReleaseAsItIs() {
        Map<String, String> before = world.store();

        Report report = eval(IN_PLACE);

        assertThat(report.outcome()).isEqualTo(Outcome.DONE);
        assertThat(report.to()).isEqualTo(one);
        assertThat(done).containsExactly("rebuild");
        Accounts accounts = world.accounts("ledger 1.0.0");
        assertThat(accounts.running).isTrue();
        assertThat(accounts.balances).containsEntry("alice", 5L);
        assertThat(accounts.taken)
                .hasValueSatisfying(change -> assertThat(change.extra()).containsEntry("rate", 2));
        assertThat(world.handler.status().activity()).isEqualTo("idle");
        assertThat(world.store()).isEqualTo(before);
        assertThat(world.handler
                        .install(two, InstallOptions.DEFAULT, Progress.SILENT)
                        .outcome())
                .isEqualTo(Outcome.DONE);
    }

    @Test
    void aScriptThatLoadsNoCodeIsUndoneToo() {
        Report report = eval(IN_PLACE + "- apply: {application: ledger, action: throws}\n");

        assertThat(report.outcome()).isEqualTo(Outcome.UNDONE);
        assertThat(report.problems()).hasSize(1);
        assertThat(done).containsExactly("rebuild", "undo rebuild");
        assertThat(world.accounts("ledger 1.0.0").running).isTrue();
        assertThat(world.accounts("ledger 1.0.0").balances).containsEntry("alice", 5L);
    }

    @Test
    void aConfigurationThatWasSetInPlaceStaysWhenALaterInstallIsRolledBack() {
        eval("- point_of_no_return\n- set_config: {pid: com.acme, properties: {size: 3}}\n");

        world.handler.install(two, InstallOptions.DEFAULT, Progress.SILENT);
        world.handler.rollback(false, Progress.SILENT);

        assertThat(world.configurations.all).containsEntry("com.acme", Map.of("size", 3));
    }

    @Test
    void aConfigurationThatWasSetInPlaceIsGivenBackByAFailureAndByAKill() {
        String set = "- point_of_no_return\n- set_config: {pid: com.acme, properties: {size: 3}}\n";

        assertThat(eval(set + "- apply: {application: ledger, action: throws}\n")
                        .outcome())
                .isEqualTo(Outcome.UNDONE);
        assertThat(world.configurations.all).isEmpty();

        world.log.killAt(call -> call.startsWith("configure com.other"));
        assertThatThrownBy(() -> eval(set + "- set_config: {pid: com.other, properties: {size: 3}}\n"))
                .hasCauseInstanceOf(Log.Killed.class);
        world.restart();
        assertThat(world.configurations.all).isEmpty();
    }

    @Test
    void aFileThatIsNoScriptIsRefusedWithLineAndColumn() {
        Map<String, String> before = world.store();
        int mark = world.log.mark();

        assertThatThrownBy(() -> eval("- point_of_no_return\n- laod: [ledger]\n"))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("script.yaml:2:3: 'laod' is no instruction");
        assertThatThrownBy(() -> eval("- load: [ledger]\n"))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("script.yaml:1:1: there is no point_of_no_return");
        assertThat(world.log.since(mark)).isEmpty();
        assertThat(world.store()).isEqualTo(before);
    }

    @Test
    void aScriptThatDoesNotFitTheReleaseIsRefused() {
        Map<String, String> before = world.store();

        assertThatThrownBy(() -> eval(UPGRADE.replace("2.0.0", "3.0.0"), Optional.of(two), InstallOptions.DEFAULT))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("script.yaml:1: shop/2.0.0 has ledger 2.0.0, not 3.0.0");
        assertThatThrownBy(() -> eval(UPGRADE)).hasMessageContaining("name it with --to");
        assertThat(world.store()).isEqualTo(before);
    }

    @Test
    void whileAReleaseBakesNothingIsEvaluatedUnlessItIsEnded() {
        ReleaseId three = world.unpack("3.0.0", "ledger 2.0.0", "pricing 3.0.0");
        world.handler.install(two, InstallOptions.DEFAULT, Progress.SILENT);
        String next = """
                - load_object_code: {application: pricing, version: 3.0.0}
                - point_of_no_return
                - load: [pricing]
                """;

        assertThatThrownBy(() -> eval(IN_PLACE)).hasMessageContaining("is not permanent yet");
        assertThatThrownBy(() -> eval(next, Optional.of(three), InstallOptions.DEFAULT))
                .hasMessageContaining("is not permanent yet");

        assertThat(eval(next, Optional.of(three), InstallOptions.DEFAULT.forced())
                        .outcome())
                .isEqualTo(Outcome.DONE);
        assertThat(world.handler.find("2.0.0").status()).isEqualTo(ReleaseStatus.PERMANENT);
    }
}
