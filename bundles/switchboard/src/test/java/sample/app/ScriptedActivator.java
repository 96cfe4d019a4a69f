// SPDX-License-Identifier: Apache-2.0
package sample.app;

import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import sample.api.Starts;

/** Does what the test says. */
public final class ScriptedActivator implements BundleActivator {
    @Override
    public void start(BundleContext context) throws Exception {
        Starts.run(context);
    }

    @Override
    public void stop(BundleContext context) {}
}
