// SPDX-License-Identifier: Apache-2.0
package io.theseus.benchmarks.bundles.checks;

import java.util.List;
import java.util.function.Supplier;
import org.apache.felix.hc.api.execution.HealthCheckExecutionOptions;
import org.apache.felix.hc.api.execution.HealthCheckExecutionResult;
import org.apache.felix.hc.api.execution.HealthCheckExecutor;
import org.apache.felix.hc.api.execution.HealthCheckSelector;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Has the health checks executed; none to be found is a failure. */
@Component(property = "ways.call=checks")
public final class Checks implements Supplier<String> {
    private final HealthCheckExecutor executor;

    @Activate
    public Checks(@Reference HealthCheckExecutor executor) {
        this.executor = executor;
    }

    @Override
    public String get() {
        // Every call does the work: a cached result would say nothing about the code behind it.
        List<HealthCheckExecutionResult> results = executor.execute(
                HealthCheckSelector.tags("systemalive"),
                new HealthCheckExecutionOptions().setForceInstantExecution(true));
        if (results.isEmpty()) {
            throw new IllegalStateException("no health check was found");
        }
        Bundle api = FrameworkUtil.getBundle(HealthCheckExecutor.class);
        return (api == null ? "unknown" : api.getVersion()) + " "
                + results.get(0).getHealthCheckResult().getStatus();
    }
}
