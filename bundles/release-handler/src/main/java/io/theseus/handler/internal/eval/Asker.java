// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal.eval;

/**
 * Who wants something done, and why.
 *
 * @param name the user, {@code -} when unknown
 * @param reason empty when nothing was said
 */
public record Asker(String name, String reason) {
    /** Not a person. */
    public static final Asker NOBODY = new Asker("-", "");
}
