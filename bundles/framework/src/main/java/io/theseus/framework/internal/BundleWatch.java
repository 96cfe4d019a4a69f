// SPDX-License-Identifier: Apache-2.0
package io.theseus.framework.internal;

import io.theseus.port.CodeServer.Disturbed;
import io.theseus.port.CodeServer.Watch;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.SynchronousBundleListener;

/** Hears at once what becomes of bundles: a listener that is told later would miss what comes last. Thread safety: safe. */
final class BundleWatch implements SynchronousBundleListener, Watch {
    private final Framework framework;
    private final List<Disturbed> disturbed = new CopyOnWriteArrayList<>();

    private BundleWatch(Framework framework) {
        this.framework = framework;
    }

    static BundleWatch begin(Framework framework) {
        BundleWatch watch = new BundleWatch(framework);
        framework.systemContext().addBundleListener(watch);
        return watch;
    }

    @Override
    public void bundleChanged(BundleEvent event) {
        String what = switch (event.getType()) {
            case BundleEvent.INSTALLED -> "installed";
            case BundleEvent.STOPPED -> "stopped";
            case BundleEvent.UPDATED -> "updated";
            case BundleEvent.UNRESOLVED -> "unresolved";
            case BundleEvent.UNINSTALLED -> "uninstalled";
            default -> "";
        };
        if (!what.isEmpty()) {
            disturbed.add(new Disturbed(event.getBundle().getBundleId(), Framework.describe(event.getBundle()), what));
        }
    }

    @Override
    public List<Disturbed> disturbed() {
        return List.copyOf(disturbed);
    }

    @Override
    public void close() {
        framework.systemContext().removeBundleListener(this);
    }
}
