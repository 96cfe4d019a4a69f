// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup.internal.plan;

import io.theseus.api.Direction;
import io.theseus.release.Problem;
import io.theseus.release.StartType;
import io.theseus.relup.HighLevel;
import io.theseus.relup.PurgeMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What is done for one application.
 *
 * @param way side by side, or stopped first
 * @param todo from its appup or generated
 * @param file its appup; empty when nothing is written
 * @param why the reason, for the operator
 */
record Choice(
        Difference difference,
        Way way,
        StartType type,
        Todo todo,
        String file,
        String why,
        List<String> notes,
        List<Problem> problems) {

    /** Whether both versions may run at the same time. */
    enum Way {
        SIDE_BY_SIDE,
        STOPPED
    }

    Choice {
        notes = List.copyOf(notes);
        problems = List.copyOf(problems);
    }

    String name() {
        return difference.name();
    }

    boolean generated() {
        return file.isEmpty();
    }

    boolean stopped() {
        return way == Way.STOPPED;
    }

    List<HighLevel> instructions() {
        return todo.instructions();
    }

    <T extends HighLevel> Stream<T> instructions(Class<T> kind) {
        return instructions().stream().filter(kind::isInstance).map(kind::cast);
    }

    List<HighLevel.Update> updates() {
        return instructions(HighLevel.Update.class).toList();
    }

    /** The components whose state is handed over. A stopped component has no state to give. */
    List<HighLevel.Update> handovers() {
        return stopped()
                ? List.of()
                : updates().stream().filter(HighLevel.Update::advanced).toList();
    }

    /** Old code is purged softly as soon as one instruction wants it. */
    PurgeMethod prePurge() {
        return soft(Stream.concat(
                ownLoads().map(HighLevel.LoadBundle::prePurge),
                instructions(HighLevel.Update.class).map(HighLevel.Update::prePurge)));
    }

    PurgeMethod postPurge() {
        return soft(Stream.concat(
                ownLoads().map(HighLevel.LoadBundle::postPurge),
                instructions(HighLevel.Update.class).map(HighLevel.Update::postPurge)));
    }

    private Stream<HighLevel.LoadBundle> ownLoads() {
        return instructions(HighLevel.LoadBundle.class)
                .filter(l -> l.bundle().orElse(name()).equals(name()));
    }

    private static PurgeMethod soft(Stream<PurgeMethod> methods) {
        return methods.anyMatch(m -> m == PurgeMethod.SOFT) ? PurgeMethod.SOFT : PurgeMethod.BRUTAL;
    }

    /** Where an instruction comes from: file and line, or {@code generated}. */
    static String origin(HighLevel instruction) {
        return instruction.place().origin();
    }

    /** Where the whole choice comes from: its first instruction. */
    String origin() {
        return instructions().stream().findFirst().map(Choice::origin).orElse(generated() ? "generated" : file);
    }

    /** The same application stopped first, because it must be. A state can not be handed over then. */
    Choice forced(String reason) {
        if (stopped()) {
            return this;
        }
        List<Problem> more = new ArrayList<>(problems);
        for (HighLevel.Update update : handovers()) {
            more.add(new Problem(
                    "state-not-handed-over",
                    update.place().generated() ? name() : update.place().toString(),
                    "component " + update.component() + " can not hand its state over, because " + reason,
                    "remove the reason, or " + (difference.stays() ? "release it in a new version whose" : "let the")
                            + " appup say" + (difference.stays() ? "s" : "")
                            + " restart_application: the state is lost then"));
        }
        List<String> said = new ArrayList<>(notes);
        said.add(difference + " is restarted, not loaded side by side: " + reason);
        return new Choice(difference, Way.STOPPED, type, todo, file, reason, said, more);
    }

    /** Actions of a new version that does not run yet when they are called. */
    List<Problem> actsTooEarly() {
        return !stopped() || difference.direction() == Direction.DOWN
                ? List.of()
                : todo.early().stream()
                        .map(apply -> new Problem(
                                "apply-too-early",
                                apply.place().toString(),
                                "action '" + apply.action() + "' stands before the point of no return, and "
                                        + difference + " is restarted: it does not run yet then",
                                "write it after the point of no return"))
                        .toList();
    }

    /** The same for a reason in other words. */
    Choice because(String reason) {
        return new Choice(difference, way, type, todo, file, reason, notes, problems);
    }

    Choice with(StartType newType) {
        return new Choice(difference, way, newType, todo, file, why, notes, problems);
    }

    Choice with(Problem problem) {
        List<Problem> more = new ArrayList<>(problems);
        more.add(problem);
        return new Choice(difference, way, type, todo, file, why, notes, more);
    }

    Choice with(List<Problem> more) {
        Choice choice = this;
        for (Problem problem : more) {
            choice = choice.with(problem);
        }
        return choice;
    }

    Choice noting(List<String> more) {
        List<String> said = new ArrayList<>(notes);
        said.addAll(more);
        return new Choice(difference, way, type, todo, file, why, said, problems);
    }

    /** The same side by side, because another appup says so. */
    Choice loaded(HighLevel.LoadBundle load, String reason) {
        List<HighLevel> instructions = new ArrayList<>(instructions());
        instructions.removeIf(i -> i.place().generated() && !(i instanceof HighLevel.Update));
        instructions.add(load);
        Todo more = todo.with(instructions);
        return new Choice(
                difference,
                generated() ? Way.SIDE_BY_SIDE : way,
                type,
                more,
                file,
                generated() ? reason : why,
                notes,
                problems);
    }
}
