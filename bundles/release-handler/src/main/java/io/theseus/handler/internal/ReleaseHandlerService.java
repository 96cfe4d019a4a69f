// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal;

import io.theseus.handler.internal.store.Disk;
import io.theseus.port.Belongings;
import io.theseus.port.CodeServer;
import io.theseus.port.Components;
import io.theseus.port.Configurations;
import io.theseus.port.Nodes;
import io.theseus.port.Requirements;
import io.theseus.port.Restart;
import io.theseus.port.Switchboard;
import io.theseus.release.ReleaseHandler;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;

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
            @Reference Nodes nodes,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    @Nullable
                    Requirements requirements) {
        super(
                new Ports(
                        code,
                        switchboard,
                        belongings,
                        components,
                        configurations,
                        restart,
                        nodes,
                        Optional.ofNullable(requirements)),
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
