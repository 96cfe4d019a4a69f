// SPDX-License-Identifier: Apache-2.0
package io.theseus.benchmarks;

import io.theseus.benchmarks.fleet.Fleet;
import io.theseus.benchmarks.ways.Ways;
import java.util.Arrays;

/** Runs one benchmark by name; {@code benchmarks/run} calls it. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) throws Exception {
        String name = arguments.length == 0 ? "" : arguments[0];
        String[] rest = Arrays.copyOfRange(arguments, Math.min(1, arguments.length), arguments.length);
        switch (name) {
            case "calls" -> Calls.run(rest);
            case "faults" -> Faults.run(rest);
            case "fleet" -> Fleet.run(rest);
            case "forever" -> Forever.run(rest);
            case "memory" -> Memory.run(rest);
            case "ways" -> System.exit(Ways.run(rest) ? 0 : 1);
            default -> {
                System.err.println("there is no benchmark '" + name + "'; benchmarks/run without arguments lists them");
                System.exit(2);
            }
        }
    }
}
