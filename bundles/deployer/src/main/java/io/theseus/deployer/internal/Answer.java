// SPDX-License-Identifier: Apache-2.0
package io.theseus.deployer.internal;

import io.theseus.release.Problem;
import io.theseus.release.ReleaseId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What became of a file.
 *
 * @param release that it brought, if it is a release file that was unpacked
 * @param text for a person; one line for each reason
 */
record Answer(State state, Optional<ReleaseId> release, String text) {
    /**
     * <pre>
     *   state     meaning                                                written   after a restart
     *   WAITING   not begun; looked at again soon                        unpacked  dealt with
     *   RUNNING   installed, and made permanent as soon as that can be   -         as BEGUN
     *   BEGUN     an install is under way                                yes       DONE if it runs, else REFUSED
     *   BY_HAND   a person does the rest                                 yes       stays
     *   REFUSED   nothing was done, or it was taken back                 yes       stays
     *   DONE      nothing is left to do                                  yes       stays
     * </pre>
     */
    enum State {
        WAITING,
        RUNNING,
        BEGUN,
        BY_HAND,
        REFUSED,
        DONE
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
        return new Answer(state, id, text);
    }

    /** Whether it is looked at again without being reported. */
    boolean again() {
        return state == State.WAITING || state == State.RUNNING;
    }

    String line() {
        return text.replaceAll("\\s*[\\r\\n]+\\s*", " | ");
    }
}
