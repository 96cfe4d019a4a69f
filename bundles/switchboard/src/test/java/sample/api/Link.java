// SPDX-License-Identifier: Apache-2.0
package sample.api;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** One application of a chain. */
public interface Link {
    /** The versions met: own first, then those of the links behind. */
    List<String> walk();

    /** As {@link #walk}, when the gate of the application is opened. */
    CompletableFuture<List<String>> later();

    /** As {@link #walk}, but the links behind are met by a thread of the application's own. */
    default List<String> walkApart(Runnable before) {
        throw new UnsupportedOperationException();
    }

    /** Runs something inside the application. */
    <T> T inside(java.util.function.Supplier<T> work);
}
