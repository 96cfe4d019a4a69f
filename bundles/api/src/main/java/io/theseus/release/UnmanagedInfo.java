// SPDX-License-Identifier: Apache-2.0
package io.theseus.release;

/**
 * A bundle that works in this container and belongs to no release.
 *
 * @param bundle its id
 * @param container whether it has a start level at which what the container is made of runs
 */
public record UnmanagedInfo(String symbolicName, String version, long bundle, boolean container) {}
