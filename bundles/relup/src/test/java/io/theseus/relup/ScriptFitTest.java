// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup;

import static org.assertj.core.api.Assertions.assertThat;

import io.theseus.release.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptFitTest {
    private final World world = new World();

    ScriptFitTest() {
        world.from.addAll(List.of("ledger 1.0.0", "mail 1.0.0", "stays 1.0.0"));
        world.to.addAll(List.of("ledger 2.0.0", "tax 1.0.0 library", "stays 1.0.0"));
    }

    private static final String FITS = """
            - load_object_code: {application: tax, version: 1.0.0, library: true}
            - load_object_code: {application: ledger, version: 2.0.0}
            - point_of_no_return
            - load: [ledger, tax]
            - remove: [mail]
            - purge: [mail, ledger]
            """;

    private List<String> problems(String script) {
        Planning planning = world.planning();
        Planned planned = Planner.plan(planning);
        return ScriptFit.problems(ScriptReader.read("s.yaml", script), planning.from(), planning.to(), planned.plan())
                .stream()
                .map(Problem::toString)
                .toList();
    }

    @Test
    void aScriptThatChangesAllThatChangesFits() {
        assertThat(problems(FITS)).isEmpty();
    }

    @Test
    void aGeneratedScriptFits() {
        Planning planning = world.planning();
        Planned planned = Planner.plan(planning);

        assertThat(ScriptFit.problems(planned.script().orElseThrow(), planning.from(), planning.to(), planned.plan()))
                .isEmpty();
    }

    @Test
    void whatChangesAndIsNotNamedIsAProblem() {
        assertThat(problems("""
                        - load_object_code: {application: tax, version: 1.0.0, library: true}
                        - point_of_no_return
                        - load: [tax]
                        """))
                .hasSize(2)
                .anySatisfy(p -> assertThat(p).contains("ledger 2.0.0 is in the release and the script does not load"))
                .anySatisfy(p -> assertThat(p).contains("mail is not in the release and the script does not remove"));
    }

    @Test
    void whatIsNamedAndDoesNotChangeIsAProblem() {
        String script = FITS.replace("- point", "- load_object_code: {application: stays, version: 1.0.0}\n- point")
                .replace("load: [ledger", "load: [stays, ledger");

        assertThat(problems(script)).singleElement().asString().contains("s.yaml:3", "stays does not change");
    }

    @Test
    void aWrongVersionAndAWrongKindAreProblems() {
        assertThat(problems(FITS.replace("2.0.0", "2.5.0")))
                .singleElement()
                .asString()
                .contains("s.yaml:2", "has ledger 2.0.0, not 2.5.0");
        assertThat(problems(FITS.replace(", library: true", "")))
                .singleElement()
                .asString()
                .contains("tax is a library");
    }

    @Test
    void removingWhatStaysIsAProblem() {
        assertThat(problems(FITS.replace("[mail]", "[mail, stays]")))
                .singleElement()
                .asString()
                .contains("s.yaml:5", "stays is in shop/2.0.0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "apply: {application: ghost, action: haunt}",
                "suspend: [ghost]\n- resume: [ghost]",
                "suspend: [{application: ghost, component: a}]\n"
                        + "- code_change: {components: [{application: ghost, component: a}]}\n"
                        + "- resume: [{application: ghost, component: a}]"
            })
    void whatIsInNeitherReleaseIsAProblem(String instructions) {
        world.to.clear();
        world.to.addAll(world.from);
        world.toId = world.fromId;

        assertThat(problems("- point_of_no_return\n- " + instructions))
                .isNotEmpty()
                .allSatisfy(p -> assertThat(p).contains("ghost is in neither release"));
    }

    @Test
    void withoutAReleaseNoCodeChanges() {
        world.to.clear();
        world.to.addAll(world.from);
        world.toId = world.fromId;

        assertThat(problems("""
                        - load_object_code: {application: ledger, version: 1.0.0}
                        - point_of_no_return
                        - load: [ledger]
                        """))
                .hasSize(2)
                .allSatisfy(p -> assertThat(p).contains("no release is named that has it", "--to"));
    }

    @Test
    void withoutAReleaseASuspendedComponentMustBeWokenByAHandover() {
        world.to.clear();
        world.to.addAll(world.from);
        world.toId = world.fromId;

        assertThat(problems("""
                        - point_of_no_return
                        - suspend: [mail, {application: ledger, component: ledger.Accounts}]
                        - resume: [{application: ledger, component: ledger.Accounts}, mail]
                        """))
                .singleElement()
                .asString()
                .contains("s.yaml:2", "ledger ledger.Accounts is suspended and nothing hands its state over");
    }

    @Test
    void whatTheReleasesForbidNoScriptCanDo() {
        world.from.add("lib 1.0.0 library");
        world.arrows.add("stays => lib");

        assertThat(problems(FITS)).singleElement().asString().contains("lib 1.0.0: the release has it no more");
    }

    @Test
    void aScriptLoadsWhatMovesAlongToo() {
        world.from.add("lib 1.0.0 library");
        world.to.add("lib 2.0.0 library");
        world.arrows.add("stays => lib");
        String library = FITS.replace(
                "- point", "- load_object_code: {application: lib, version: 2.0.0, library: true}\n- point");

        assertThat(problems(library))
                .singleElement()
                .asString()
                .contains("stays 1.0.0 is in the release and the script does not load it");
        assertThat(problems(
                        library.replace("- point", "- load_object_code: {application: stays, version: 1.0.0}\n- point")
                                .replace("load: [ledger", "load: [stays, ledger")))
                .isEmpty();
    }

    @Test
    void aContainerThatStartsAnewLoadsEverythingItself() {
        assertThat(problems("- restart_new_container\n- point_of_no_return\n")).isEmpty();
    }

    private static final String HANDS_OVER = """
            - load_object_code: {application: tax, version: 1.0.0, library: true}
            - load_object_code: {application: ledger, version: 2.0.0}
            - point_of_no_return
            - suspend: [{application: ledger, component: ledger.A}]
            - load: [ledger, tax]
            - remove: [mail]
            - code_change: {direction: up, components: [{application: ledger, component: ledger.A}]}
            - resume: [{application: ledger, component: ledger.A}]
            - purge: [mail, ledger]
            """;

    @Test
    void aStateGoesTheWayItsApplicationGoes() {
        assertThat(problems(HANDS_OVER)).isEmpty();
        assertThat(problems(HANDS_OVER.replace("direction: up", "direction: down")))
                .singleElement()
                .asString()
                .startsWith("s.yaml:7")
                .endsWith(
                        "ledger/ledger.A is told that it goes down, and it goes up from 1.0.0 to 2.0.0; write direction: up");
    }
}
