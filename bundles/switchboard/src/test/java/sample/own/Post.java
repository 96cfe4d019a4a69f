// SPDX-License-Identifier: Apache-2.0
package sample.own;

import sample.lazy.Parcel;

/** A service of one application whose method takes a type of another bundle. */
public interface Post {
    void send(Parcel parcel);
}
