// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal;

import io.theseus.handler.internal.store.Disk;
import io.theseus.port.Belongings;
import io.theseus.port.CodeServer;
import io.theseus.port.Components;
import io.theseus.port.Configurations;
import io.theseus.port.Nodes;
import io.theseus.port.Restart;
import io.theseus.port.Switchboard;
import io.theseus.release.ReleaseHandler;
import java.nio.file.Path;
import java.time.Clock;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** The release handler of this container as a service. */
@Component(service = ReleaseHandler.class, immediate = true)
public final class ReleaseHandlerService extends Requests {
    @Activate
    public ReleaseHandlerService(
            @Reference CodeServer code,
            @Reference Switchboard switchboard,
            @Reference Belongings belongings,
            @Reference Components components,
            @Reference Configurations configurations,
            @Reference Restart restart,
            @Reference Nodes nodes) {
        super(
                new Ports(code, switchboard, belongings, components, configurations, restart, nodes),
                new RelupDeciding(),
                Disk.REAL,
                Clock.systemUTC(),
                folder());
    }

    @Deactivate
    @Override
    public void close() {
        super.close();
    }

    // Outside of data/cache, which Karaf may wipe.
    private static Path folder() {
        String base = System.getProperty("karaf.base", System.getProperty("user.dir", "."));
        return Path.of(
                System.getProperty("theseus.releases", Path.of(base, "releases").toString()));
    }
}
