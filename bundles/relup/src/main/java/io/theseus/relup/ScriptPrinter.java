// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup;

import io.theseus.relup.internal.plan.InstructionText;
import java.util.stream.Collectors;

/**
 * Shows scripts as a relup file would: YAML, one instruction a line, defaults left out.
 *
 * <pre>
 * - load_object_code: {application: ledger, version: 2.0.0}
 * - point_of_no_return
 * - suspend: [checkout, {application: ledger, component: ledger.Accounts, timeout: 5s}]
 * - load: [ledger]
 * - code_change: {direction: up, components: [{application: ledger, component: ledger.Accounts, extra: {currency: EUR}}]}
 * - resume: [{application: ledger, component: ledger.Accounts, timeout: 5s}, checkout]
 * - purge: [ledger]
 * </pre>
 */
public final class ScriptPrinter {
    private ScriptPrinter() {}

    /** One instruction, on one line. */
    public static String print(Instruction instruction) {
        return instruction.accept(new InstructionText());
    }

    /** A script, each line with what it was compiled from. */
    public static String print(Script script) {
        return script.steps().stream()
                .map(s -> "- " + print(s.instruction()) + "  # " + s.origin() + "\n")
                .collect(Collectors.joining());
    }
}
