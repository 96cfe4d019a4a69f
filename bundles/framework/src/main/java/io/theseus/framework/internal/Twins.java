// SPDX-License-Identifier: Apache-2.0
package io.theseus.framework.internal;

import java.util.Collection;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.osgi.framework.Bundle;
import org.osgi.framework.hooks.bundle.CollisionHook;

/**
 * Lets a bundle be installed a second time, while that is being done on purpose and by nobody else. The framework asks nobody when it
 * starts and finds both in its cache. Thread safety: safe.
 */
final class Twins implements CollisionHook {
    private volatile Optional<Thread> installer = Optional.empty();

    long install(LongSupplier action) {
        installer = Optional.of(Thread.currentThread());
        try {
            return action.getAsLong();
        } finally {
            installer = Optional.empty();
        }
    }

    @Override
    public void filterCollisions(int operationType, Bundle target, Collection<Bundle> collisionCandidates) {
        if (operationType == INSTALLING
                && installer.filter(Thread.currentThread()::equals).isPresent()) {
            collisionCandidates.clear();
        }
    }
}
