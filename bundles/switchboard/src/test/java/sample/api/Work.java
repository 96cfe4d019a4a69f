// SPDX-License-Identifier: Apache-2.0
package sample.api;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Something to do for a client; answers the versions met. */
public interface Work {
    /** Posts once for a client. */
    List<String> post(int client);

    /** The same, later. */
    CompletableFuture<List<String>> postLater(int client);

    /** Posts nothing. */
    List<String> look();
}
