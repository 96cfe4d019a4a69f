// SPDX-License-Identifier: Apache-2.0
package io.theseus.switchboard.internal.call;

/**
 * What a stable object is made of.
 *
 * @param name what {@code toString} says
 */
public record Wiring(Board board, Application application, Backing backing, String name) {}
