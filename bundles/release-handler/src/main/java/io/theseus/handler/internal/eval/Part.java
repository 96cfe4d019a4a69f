// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal.eval;

/** A component of an application: {@code component.name} in the bundle with this symbolic name. */
public record Part(String application, String component) {
    @Override
    public String toString() {
        return component + " of " + application;
    }
}
