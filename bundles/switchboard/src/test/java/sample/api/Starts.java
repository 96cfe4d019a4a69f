// SPDX-License-Identifier: Apache-2.0
package sample.api;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.framework.BundleContext;

/** What scripted bundles do when they are started, by symbolic name and version. */
public final class Starts {
    private static final Map<String, Start> ALL = new ConcurrentHashMap<>();

    private Starts() {}

    /** What a bundle does. */
    public interface Start {
        void run(BundleContext context) throws Exception;
    }

    public static void on(String bundle, Start start) {
        ALL.put(bundle, start);
    }

    public static void run(BundleContext context) throws Exception {
        Start start = ALL.get(context.getBundle().getSymbolicName() + " "
                + context.getBundle().getVersion());
        if (start != null) {
            start.run(context);
        }
    }
}
