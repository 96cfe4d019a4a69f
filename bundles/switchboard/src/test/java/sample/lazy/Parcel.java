// SPDX-License-Identifier: Apache-2.0
package sample.lazy;

/** A type of a bundle that starts when its first class is loaded. */
public interface Parcel {}
