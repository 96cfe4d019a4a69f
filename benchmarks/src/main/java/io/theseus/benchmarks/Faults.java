// SPDX-License-Identifier: Apache-2.0
package io.theseus.benchmarks;

import io.theseus.itests.faults.FaultMatrix;
import java.nio.file.Path;
import java.util.List;

/** {@code faults}: everything that can go wrong in an install and a rollback, one thing at a time, and then the power. */
final class Faults {
    private Faults() {}

    private static final FaultMatrix.Result NO_FAULTS = new FaultMatrix.Result(0, 0, 0, 0, 0, 0, List.of());
    private static final Kills.Result NO_KILLS = new Kills.Result(0, 0, 0, 0);

    /**
     * Arguments: {@code --kills N} at random instants, 200 if left out; {@code --every K} takes every K-th fault and journal record, 1;
     * {@code --only matrix|kills}.
     */
    static void run(String[] arguments) throws Exception {
        Arguments words = new Arguments("faults [--kills N] [--every K] [--only matrix|kills]", arguments);
        int kills = words.number("--kills", 200);
        int every = words.number("--every", 1);
        String only = words.text("--only", "");
        words.end();
        try (Scratch scratch = Scratch.of("theseus-faults")) {
            FaultMatrix.Result faults = only.equals("kills") ? NO_FAULTS : matrix(scratch.folder(), every);
            print(
                    faults,
                    only.equals("matrix")
                            ? NO_KILLS
                            : Kills.run(scratch.folder().resolve("kills"), kills, every));
        }
    }

    private static FaultMatrix.Result matrix(Path folder, int step) throws Exception {
        int[] number = {0};
        FaultMatrix.Result faults = new FaultMatrix(folder, System.out::println).run(fault -> number[0]++ % step == 0);
        System.out.println(faults.instructions() + " instructions, " + faults.faults() + " faults, " + faults.survived()
                + " survived, " + faults.calls() + " calls");
        return faults;
    }

    private static void print(FaultMatrix.Result faults, Kills.Result killed) {
        System.out.printf(
                "RESULT name=faults faults=%d survived=%d kills=%d recovered=%d failed_calls=%d lost_state=%d%n",
                faults.faults(),
                faults.survived(),
                killed.kills(),
                killed.recovered(),
                faults.failedCalls() + killed.failedCalls(),
                faults.lostState() + killed.lostState());
    }
}
