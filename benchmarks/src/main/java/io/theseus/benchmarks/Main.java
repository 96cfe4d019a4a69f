// SPDX-License-Identifier: Apache-2.0
package io.theseus.benchmarks;

import io.theseus.benchmarks.fleet.Fleet;
import io.theseus.benchmarks.fleet.Http;
import io.theseus.benchmarks.fleet.State;
import io.theseus.benchmarks.ways.Ways;
import java.util.Arrays;

/** Runs one benchmark by name; {@code benchmarks/run} calls it. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) throws Exception {
        String name = arguments.length == 0 ? "" : arguments[0];
        String[] rest = Arrays.copyOfRange(arguments, Math.min(1, arguments.length), arguments.length);
        try {
            System.exit(run(name, rest) ? 0 : 1);
        } catch (UsageException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
    }

    /** Answers whether all was as it has to be. */
    private static boolean run(String name, String[] arguments) throws Exception {
        switch (name) {
            case "calls" -> Calls.run(arguments);
            case "faults" -> Faults.run(arguments);
            case "fleet" -> {
                return Fleet.run(arguments);
            }
            case "forever" -> Forever.run(arguments);
            case "http" -> {
                return Http.run(arguments);
            }
            case "memory" -> Memory.run(arguments);
            case "state" -> {
                return State.run(arguments);
            }
            case "ways" -> {
                return Ways.run(arguments);
            }
            default ->
                throw new UsageException(
                        "there is no benchmark '" + name + "'; benchmarks/run without arguments lists them");
        }
        return true;
    }
}
