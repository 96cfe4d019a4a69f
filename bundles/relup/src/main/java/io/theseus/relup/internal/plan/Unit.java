// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup.internal.plan;

/**
 * What can depend and be depended on: a bundle, or a component of one.
 *
 * @param component empty: the bundle itself
 */
record Unit(String application, String component) {
    @Override
    public String toString() {
        return component.isEmpty() ? application : application + "/" + component;
    }
}
