// SPDX-License-Identifier: Apache-2.0
package sample.own;

import java.util.Dictionary;
import java.util.Hashtable;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Registers an {@link Inner}. */
public final class InnerActivator implements BundleActivator {
    @Override
    public void start(BundleContext context) {
        String version = context.getBundle().getVersion().toString();
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put("version", version);
        context.registerService(Inner.class, () -> version, properties);
    }

    @Override
    public void stop(BundleContext context) {}
}
