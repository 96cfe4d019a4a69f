// SPDX-License-Identifier: Apache-2.0
package io.theseus.benchmarks;

import io.theseus.itests.faults.FaultMatrix;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;

/** {@code faults}: everything that can go wrong in an install and a rollback, one thing at a time, and then the power. */
final class Faults {
    private Faults() {}

    /** Arguments: {@code --kills N} at random instants, 200 if left out; {@code --every K} takes every K-th fault and journal record, 1. */
    static void run(String[] arguments) throws Exception {
        int kills = 200;
        int every = 1;
        for (Iterator<String> words = List.of(arguments).iterator(); words.hasNext(); ) {
            String word = words.next();
            switch (word) {
                case "--kills" -> kills = Integer.parseInt(words.next());
                case "--every" -> every = Integer.parseInt(words.next());
                default -> throw new IllegalArgumentException("faults [--kills N] [--every K], not " + word);
            }
        }
        try (Scratch scratch = Scratch.of("theseus-faults")) {
            run(scratch.folder(), kills, every);
        }
    }

    private static void run(Path folder, int kills, int step) throws Exception {
        int[] number = {0};
        FaultMatrix.Result faults = new FaultMatrix(folder, System.out::println).run(fault -> number[0]++ % step == 0);
        System.out.println(faults.instructions() + " instructions, " + faults.faults() + " faults, " + faults.survived()
                + " survived, " + faults.calls() + " calls");
        Kills.Result killed = Kills.run(folder.resolve("kills"), kills, step);
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
