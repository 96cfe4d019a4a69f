// SPDX-License-Identifier: Apache-2.0
package io.theseus.api;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * A stateful component that hands its state to its successor in another version of the same application. The
 * counterpart of {@code sys:suspend}, {@code Module:code_change} and {@code sys:resume} in Erlang/OTP.
 *
 * <p>A component takes part by being registered under this interface too, beside its own:
 *
 * <pre>{@code
 * @Component(service = {Ledger.class, CodeChange.class})
 * public final class Accounts implements Ledger, CodeChange<AccountsState> { ... }
 * }</pre>
 *
 * <p>Life of an instance:
 *
 * <pre>
 *   activate --- fresh start ---------------------------> resume --> calls ... --> suspend --> (successor takes over)
 *          \---- handover: codeChange(state, change) --/     ^                        |
 *                                                            +---- upgrade undone ----+
 * </pre>
 *
 * <ul>
 *   <li>Activation must not start threads, open ports or post anything: the instance may exist beside its predecessor
 *       while that one still serves. {@link #resume} is the place for it.
 *   <li>{@link #suspend} must stop what {@code resume} started, and answer the state. No call is inside the application
 *       then and none arrives until {@code resume}. The instance must keep its state: it may be resumed.
 *   <li>{@link #codeChange} must not change the state object it is given before it can no longer fail; when it throws, the
 *       predecessor goes on with that very object.
 * </ul>
 *
 * <p>Thread safety: the three methods are called one after the other, each on any thread, with a happens-before edge
 * between them and to the calls before and after.
 *
 * @param <S> the state: a JDK type, a type of a package that both versions import from the same bundle (both are passed by
 *     reference), or the application's own records, which are converted by component name
 * @see StateDefault
 */
@ConsumerType
public interface CodeChange<S> {
    /**
     * Stops background work and answers the state.
     *
     * @throws Exception undoes the upgrade; the component is resumed
     */
    S suspend() throws Exception;

    /**
     * Takes the state of the predecessor over. Called before {@link #resume}, at most once for an instance, except that a
     * predecessor that was kept warm is handed the state back on a rollback.
     *
     * @throws Exception undoes the upgrade; the predecessor is resumed with its state
     */
    void codeChange(S state, Change change) throws Exception;

    /**
     * Starts working, from the state the instance has.
     *
     * @throws Exception undoes the upgrade
     */
    void resume() throws Exception;
}
