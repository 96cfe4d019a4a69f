// SPDX-License-Identifier: Apache-2.0
package io.theseus.api;

import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Carries the generation of the current call along. A task that a call hands to another thread is a root call of its own
 * and may meet a newer generation; a task wrapped here runs in the generation of the call that wrapped it, and that
 * generation is not drained before the task has run.
 *
 * <p>A wrapped task that is never run holds its generation until it is garbage; do not wrap what may be dropped.
 * Outside of any call the wrappers answer the task itself. Thread safety: safe for use by many threads.
 */
@ProviderType
public interface Calls {
    Runnable wrap(Runnable task);

    <V> Callable<V> wrap(Callable<V> task);

    <V> Supplier<V> wrap(Supplier<V> task);

    /** An executor that wraps every task it is given, at the time it is given. */
    Executor wrap(Executor executor);

    /**
     * Steps into the current generation: for a loop that runs long inside one call, between two rounds and with no result
     * of the old generation in hand. The counterpart of Erlang's fully qualified tail call. Waits at a closed gate like a
     * new root call. Does nothing outside of a call and in a nested call.
     *
     * <p>After a failure the call belongs to no generation: nothing waits for it any more, and each service it calls is a root call of its
     * own. The loop must end then; it must not go on with what it has, because its application may hand its state over meanwhile.
     *
     * @throws ServiceSuspendedException as a new root call would; the loop must end
     */
    void safePoint();
}
