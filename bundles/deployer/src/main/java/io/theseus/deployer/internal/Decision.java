// SPDX-License-Identifier: Apache-2.0
package io.theseus.deployer.internal;

import io.theseus.release.Problem;
import io.theseus.release.ReleaseId;

/** What to do with a file. */
sealed interface Decision {
    /** Plan, install, make permanent by policy. */
    record Install(ReleaseId release) implements Decision {}

    /** Take the application in the file in. */
    record Change(Wanted.Step step) implements Decision {}

    /** Nothing, and nothing is wrong: the text says why. */
    record Leave(String text) implements Decision {}

    /** Nothing: a person does the rest, which the text names. */
    record ByHand(String text) implements Decision {}

    /** Look again later. */
    record Wait(String text) implements Decision {}

    record Refuse(Problem problem) implements Decision {}
}
