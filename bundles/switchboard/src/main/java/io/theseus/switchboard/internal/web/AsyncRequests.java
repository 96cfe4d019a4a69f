// SPDX-License-Identifier: Apache-2.0
package io.theseus.switchboard.internal.web;

import io.theseus.switchboard.internal.call.Hold;
import io.theseus.switchboard.internal.call.Pin;
import javax.servlet.AsyncEvent;
import javax.servlet.AsyncListener;
import javax.servlet.DispatcherType;
import javax.servlet.ServletRequest;
import org.jspecify.annotations.Nullable;

/** Requests that go on after {@code service} has returned hold their generation, and come back to it. */
final class AsyncRequests {
    private static final String PIN = "io.theseus.pin";

    private AsyncRequests() {}

    static @Nullable Pin redispatched(Object request) {
        return request instanceof ServletRequest r
                        && r.getDispatcherType() == DispatcherType.ASYNC
                        && r.getAttribute(PIN) instanceof Pin pin
                ? pin
                : null;
    }

    static void after(Object request, Hold.Taker taker) {
        if (request instanceof ServletRequest r && r.isAsyncStarted()) {
            Hold hold = taker.take();
            try {
                r.setAttribute(PIN, hold.pin());
                r.getAsyncContext().addListener(new Release(hold));
            } catch (IllegalStateException e) {
                // It completed between the question and now.
                hold.run();
            }
        }
    }

    /** After an error or a timeout the container completes the request, so completion is all there is to wait for. */
    private static final class Release implements AsyncListener {
        private final Hold hold;

        Release(Hold hold) {
            this.hold = hold;
        }

        @Override
        public void onComplete(AsyncEvent event) {
            hold.run();
        }

        @Override
        public void onStartAsync(AsyncEvent event) {
            // A second start drops all listeners.
            event.getAsyncContext().addListener(this);
        }

        @Override
        public void onTimeout(AsyncEvent event) {}

        @Override
        public void onError(AsyncEvent event) {}
    }
}
