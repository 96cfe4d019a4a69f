// SPDX-License-Identifier: Apache-2.0
package io.theseus.release;

/**
 * The state of a release in this container, with OTP's meaning.
 *
 * <pre>
 *   status       action                    next
 *   -            unpack, set-unpacked      unpacked
 *   unpacked     install succeeds          current
 *   unpacked     remove                    -
 *   current      make-permanent            permanent (the former permanent one: old)
 *   current      rollback, bake fails      unpacked
 *   current      restart of the JVM        unpacked
 *   unpacked     install restarts the JVM  tmp_current
 *   old          install restarts the JVM  tmp_current
 *   tmp_current  it came up healthy        current
 *   tmp_current  it did not, or the JVM ended meanwhile   unpacked
 *   permanent    another made permanent    old
 *   old          install                   current
 *   old          reboot-old                permanent, and the container restarts
 *   old          remove                    -
 * </pre>
 */
public enum ReleaseStatus {
    /** Known and stored, not running. */
    UNPACKED,
    /** Runs now; a restart of the container leads back to the permanent release. */
    CURRENT,
    /** The container restarts into it, or has and is not known to be well: it is tried once. */
    TMP_CURRENT,
    /** What the container runs after any restart. Exactly one release is permanent. */
    PERMANENT,
    /** Was permanent once. */
    OLD
}
