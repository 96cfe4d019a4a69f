// SPDX-License-Identifier: Apache-2.0
package sample.own;

/** An interface that every version of the application brings along. */
public interface Inner {
    String version();
}
