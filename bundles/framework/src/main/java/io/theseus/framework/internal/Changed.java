// SPDX-License-Identifier: Apache-2.0
package io.theseus.framework.internal;

/** Something that a release has changed and that is not settled. */
sealed interface Changed permits ChangedConfiguration, BroughtFile {
    /** The release. */
    String owner();

    /** For people. */
    String what();
}
