// SPDX-License-Identifier: Apache-2.0
package io.theseus.framework.internal;

import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;

/** Which started bundles do something by themselves. */
final class Working {
    private static final String[] HEADERS = {Constants.BUNDLE_ACTIVATOR, "Service-Component", "Bundle-Blueprint"};
    private static final String BLUEPRINTS = "OSGI-INF/blueprint";

    private Working() {}

    static boolean is(Bundle bundle) {
        try {
            return Starting.isStarted(bundle) && !Starting.isFragment(bundle) && (offers(bundle) || declares(bundle));
        } catch (RuntimeException e) {
            // Somebody uninstalls it just now; Felix throws this and that then.
            return false;
        }
    }

    private static boolean offers(Bundle bundle) {
        return bundle.getRegisteredServices() != null;
    }

    private static boolean declares(Bundle bundle) {
        for (String header : HEADERS) {
            if (bundle.getHeaders("").get(header) != null) {
                return true;
            }
        }
        return bundle.getEntryPaths(BLUEPRINTS) != null;
    }
}
