// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup;

/** What {@code set_config} does with the properties that it does not name. */
public enum ConfigMode {
    /** They stay. */
    MERGE,
    /** They go. */
    REPLACE
}
