// SPDX-License-Identifier: Apache-2.0
package io.theseus.release;

import java.time.Duration;
import java.util.Optional;

/**
 * How to install.
 *
 * @param bake how long to watch before the install is called good; empty: until the operator decides
 * @param makePermanent make the release permanent when the bake has ended well (at once without a bake)
 * @param drainTimeout the budget for all applications to get quiet
 * @param gateTimeout how long a call may wait at a closed gate
 * @param timeout how long the install may take, without the bake; when it is over the install is undone, after the step that runs
 * @param restartLimit how long a container that restarts into the release may take until all of it is well; then it goes back
 * @param refresh when it is made permanent, wire bundles of no release anew ({@link PermanentOptions#refresh})
 * @param force when the current release is not permanent yet, make it permanent first: its bake counts as good
 */
public record InstallOptions(
        Optional<Duration> bake,
        boolean makePermanent,
        Duration drainTimeout,
        Duration gateTimeout,
        Optional<Duration> timeout,
        Duration restartLimit,
        boolean refresh,
        boolean force) {

    /** No bake, not permanent, 5 s to drain, 10 s at a gate, 2 min for a restart. */
    public static final InstallOptions DEFAULT = new InstallOptions(
            Optional.empty(),
            false,
            Duration.ofSeconds(5),
            Duration.ofSeconds(10),
            Optional.empty(),
            Duration.ofMinutes(2),
            false,
            false);

    public InstallOptions withBake(Duration time) {
        return new InstallOptions(
                Optional.of(time), makePermanent, drainTimeout, gateTimeout, timeout, restartLimit, refresh, force);
    }

    public InstallOptions thenPermanent() {
        return new InstallOptions(bake, true, drainTimeout, gateTimeout, timeout, restartLimit, refresh, force);
    }

    public InstallOptions withDrainTimeout(Duration time) {
        return new InstallOptions(bake, makePermanent, time, gateTimeout, timeout, restartLimit, refresh, force);
    }

    public InstallOptions withGateTimeout(Duration time) {
        return new InstallOptions(bake, makePermanent, drainTimeout, time, timeout, restartLimit, refresh, force);
    }

    public InstallOptions withTimeout(Duration time) {
        return new InstallOptions(
                bake, makePermanent, drainTimeout, gateTimeout, Optional.of(time), restartLimit, refresh, force);
    }

    public InstallOptions withRestartLimit(Duration time) {
        return new InstallOptions(bake, makePermanent, drainTimeout, gateTimeout, timeout, time, refresh, force);
    }

    public InstallOptions refreshing() {
        return new InstallOptions(bake, makePermanent, drainTimeout, gateTimeout, timeout, restartLimit, true, force);
    }

    public InstallOptions forced() {
        return new InstallOptions(bake, makePermanent, drainTimeout, gateTimeout, timeout, restartLimit, refresh, true);
    }
}
