// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup.internal.check;

import io.theseus.relup.Instruction;
import io.theseus.relup.Place;

/** An instruction and where it stands. */
public record Placed(Instruction instruction, Place place) {
    /** How it is called in files. */
    String name() {
        return Words.name(instruction);
    }
}
