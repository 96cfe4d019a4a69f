// SPDX-License-Identifier: Apache-2.0
package io.theseus.deployer.internal;

import io.theseus.release.Problem;
import io.theseus.release.RefusedException;
import io.theseus.release.ReleaseId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What became of a file.
 *
 * @param release that it brought, if it is a release file that was unpacked
 * @param added the application that files alone have brought, this one among them: it goes with the last of them
 * @param text for a person; one line for each reason
 */
record Answer(State state, Optional<ReleaseId> release, Optional<String> added, String text) {
    /** What an operator mends without touching the file, or what goes by itself. */
    private static final Set<String> PASSING = Set.of("store", "journal", "no-room", "baking");

    /**
     * <pre>
     *   state     meaning                                                written   after a restart
     *   WAITING   not begun; looked at again soon                        unpacked  dealt with
     *   RUNNING   installed, and made permanent as soon as that can be   -         as BEGUN
     *   BEGUN     an install is under way                                yes       DONE if it runs, else REFUSED
     *   BY_HAND   a person does the rest                                 yes       stays
     *   REFUSED   nothing was done, or it was taken back                 yes       stays
     *   DONE      nothing is left to do                                  yes       stays
     *   STAYS     the file went, and what it added could not go          yes       stays
     * </pre>
     */
    enum State {
        WAITING,
        RUNNING,
        BEGUN,
        BY_HAND,
        REFUSED,
        DONE,
        STAYS
    }

    Answer(State state, Optional<ReleaseId> release, String text) {
        this(state, release, Optional.empty(), text);
    }

    static Answer waiting(String text) {
        return new Answer(State.WAITING, Optional.empty(), text);
    }

    static Answer waiting(List<Problem> problems) {
        return waiting(text(problems));
    }

    static Answer refused(List<Problem> problems) {
        return new Answer(State.REFUSED, Optional.empty(), text(problems));
    }

    private static String text(List<Problem> problems) {
        return problems.stream().map(Problem::toString).collect(Collectors.joining("\n"));
    }

    static Answer refused(Problem problem) {
        return refused(List.of(problem));
    }

    /** The answer to a decision that nothing is to be done. */
    static Answer of(Decision decision) {
        if (decision instanceof Decision.Refuse refuse) {
            return refused(refuse.problem());
        } else if (decision instanceof Decision.Wait wait) {
            return waiting(wait.text());
        } else if (decision instanceof Decision.ByHand hand) {
            return new Answer(State.BY_HAND, Optional.empty(), hand.text());
        } else if (decision instanceof Decision.Leave leave) {
            return new Answer(State.DONE, Optional.empty(), leave.text());
        }
        throw new IllegalArgumentException("is carried out elsewhere: " + decision);
    }

    Answer of(Optional<ReleaseId> id) {
        return new Answer(state, id, added, text);
    }

    /** The same, of a file of an application that files alone have brought. One that is refused holds nothing. */
    Answer adding(String application) {
        return state == State.REFUSED ? this : new Answer(state, release, Optional.of(application), text);
    }

    /** That the file is refused means that its application stays. */
    Answer staying(String application) {
        return new Answer(State.STAYS, release, Optional.of(application), text);
    }

    /** What could not be done and may be done later waits. */
    static Answer of(RefusedException refusal) {
        boolean passes = refusal.problems().stream().map(Problem::code).allMatch(PASSING::contains);
        return passes ? waiting(refusal.problems()) : refused(refusal.problems());
    }

    /** Whether it is looked at again without being reported. */
    boolean again() {
        return state == State.WAITING || state == State.RUNNING;
    }

    String line() {
        return text.replaceAll("\\s*[\\r\\n]+\\s*", " | ");
    }
}
