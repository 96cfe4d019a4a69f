// SPDX-License-Identifier: Apache-2.0
package sample.api;

/** Not accessible from the generated class's package; its methods are, through a public heir. */
interface OddParent<V> {
    V value(V given);

    default int inherited() {
        return 3;
    }
}
