// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal;

import io.theseus.release.Problem;
import io.theseus.release.RefusedException;
import io.theseus.release.ReleaseId;
import io.theseus.release.ReleaseInfo;
import io.theseus.release.ReleaseStatus;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What may be done to a release, and its status then.
 *
 * <pre>
 *   status       action            next
 *   unpacked     INSTALL           current
 *   unpacked     REMOVE            -
 *   unpacked     TRY               tmp_current
 *   tmp_current  COME_UP           current
 *   tmp_current  ROLL_BACK         unpacked
 *   tmp_current  RESTART           unpacked
 *   current      MAKE_PERMANENT    permanent
 *   current      ROLL_BACK         unpacked
 *   current      RESTART           unpacked
 *   permanent    SUPERSEDE         old
 *   old          INSTALL           current
 *   old          TRY               tmp_current
 *   old          REBOOT            permanent
 *   old          REMOVE            -
 * </pre>
 *
 * <p>RESTART leaves every other status as it is, and so does the one for which a release is tmp_current; everything else that is not in the table is refused. Pure.
 */
final class Transitions {
    private static final Map<ReleaseStatus, List<Move>> TABLE = Map.of(
            ReleaseStatus.UNPACKED,
                    List.of(
                            new Move(Action.INSTALL, Optional.of(ReleaseStatus.CURRENT)),
                            new Move(Action.TRY, Optional.of(ReleaseStatus.TMP_CURRENT)),
                            new Move(Action.REMOVE, Optional.empty()),
                            new Move(Action.RESTART, Optional.of(ReleaseStatus.UNPACKED))),
            ReleaseStatus.TMP_CURRENT,
                    List.of(
                            new Move(Action.COME_UP, Optional.of(ReleaseStatus.CURRENT)),
                            new Move(Action.ROLL_BACK, Optional.of(ReleaseStatus.UNPACKED)),
                            new Move(Action.RESTART, Optional.of(ReleaseStatus.UNPACKED))),
            ReleaseStatus.CURRENT,
                    List.of(
                            new Move(Action.MAKE_PERMANENT, Optional.of(ReleaseStatus.PERMANENT)),
                            new Move(Action.ROLL_BACK, Optional.of(ReleaseStatus.UNPACKED)),
                            new Move(Action.RESTART, Optional.of(ReleaseStatus.UNPACKED))),
            ReleaseStatus.PERMANENT,
                    List.of(
                            new Move(Action.SUPERSEDE, Optional.of(ReleaseStatus.OLD)),
                            new Move(Action.RESTART, Optional.of(ReleaseStatus.PERMANENT))),
            ReleaseStatus.OLD,
                    List.of(
                            new Move(Action.INSTALL, Optional.of(ReleaseStatus.CURRENT)),
                            new Move(Action.TRY, Optional.of(ReleaseStatus.TMP_CURRENT)),
                            new Move(Action.REBOOT, Optional.of(ReleaseStatus.PERMANENT)),
                            new Move(Action.REMOVE, Optional.empty()),
                            new Move(Action.RESTART, Optional.of(ReleaseStatus.OLD))));

    private Transitions() {}

    /** What is done to a release. */
    enum Action {
        INSTALL("be installed"),
        /** It is installed by a restart of the container into it. */
        TRY("be tried"),
        /** The container has restarted into it, and all of it is well. */
        COME_UP("come up"),
        MAKE_PERMANENT("be made permanent"),
        /** Another release is made permanent. */
        SUPERSEDE("be superseded"),
        ROLL_BACK("be rolled back"),
        /** The JVM starts again. */
        RESTART("be restarted"),
        /** The container restarts into it. */
        REBOOT("be restarted into"),
        REMOVE("be removed");

        private final String verb;

        Action(String verb) {
            this.verb = verb;
        }
    }

    /** A line of the table: to what an action leads; empty: the release is gone. */
    private record Move(Action action, Optional<ReleaseStatus> next) {}

    static boolean allowed(ReleaseStatus status, Action action) {
        return moves(status).containsKey(action);
    }

    /**
     * The status after an action; empty: the release is gone.
     *
     * @throws RefusedException {@code bad-status}
     */
    static Optional<ReleaseStatus> next(ReleaseInfo info, Action action) {
        return check(info.release().id(), info.status(), action);
    }

    static Optional<ReleaseStatus> check(ReleaseId id, ReleaseStatus status, Action action) {
        Move move = moves(status).get(action);
        if (move == null) {
            String states = TABLE.keySet().stream()
                    .filter(each -> allowed(each, action))
                    .sorted()
                    .map(Transitions::word)
                    .collect(Collectors.joining(" or "));
            throw new RefusedException(Problem.of(
                            "bad-status", "", "release " + id + " is " + word(status) + " and can not " + action.verb)
                    .withHint("only a release that is " + states + " can"));
        }
        return move.next();
    }

    private static Map<Action, Move> moves(ReleaseStatus status) {
        return TABLE.getOrDefault(status, List.of()).stream()
                .collect(Collectors.toMap(Move::action, Function.identity()));
    }

    /** For people. */
    static String word(ReleaseStatus status) {
        return status.name().toLowerCase(java.util.Locale.ROOT);
    }
}
