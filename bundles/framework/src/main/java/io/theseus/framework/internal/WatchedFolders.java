// SPDX-License-Identifier: Apache-2.0
package io.theseus.framework.internal;

import io.theseus.release.DeployFolder;
import java.io.IOException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.FrameworkListener;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.startlevel.FrameworkStartLevel;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.util.tracker.ServiceTracker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets File Install begin with folders whose active level is above the start level that Karaf goes to, as soon as there is somebody who
 * deals with what lies in them, and the boot features are installed. When a container starts for the first time, or its {@code data} was
 * wiped, Karaf is at that level long before its features are there, and File Install would take for plain bundles what is not.
 *
 * <p>Thread safety: safe for use by many threads.
 */
@Component(
        service = {},
        immediate = true)
public final class WatchedFolders implements FrameworkListener {
    private static final Logger LOG = LoggerFactory.getLogger(WatchedFolders.class);
    static final String BOOTED = "org.apache.karaf.features.BootFinished";
    /** Where Karaf is up. While it is on the way there, a level that is asked for might take it down again. */
    static final int UP = 100;

    private static final String LEVEL = "felix.fileinstall.active.level";
    private static final String FOLDERS =
            "(&(" + ConfigurationAdmin.SERVICE_FACTORYPID + "=org.apache.felix.fileinstall)(" + LEVEL + "=*))";
    private final BundleContext context;
    private final ConfigurationAdmin configurations;
    private final FrameworkStartLevel level;
    private final ServiceTracker<Object, Object> booted;

    /** @param deployer is there, which is all that is wanted of it */
    @Activate
    public WatchedFolders(
            BundleContext context, @Reference DeployFolder deployer, @Reference ConfigurationAdmin configurations) {
        this(
                context,
                configurations,
                context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).adapt(FrameworkStartLevel.class));
    }

    WatchedFolders(BundleContext context, ConfigurationAdmin configurations, FrameworkStartLevel level) {
        this.context = context;
        this.configurations = configurations;
        this.level = level;
        this.booted = new ServiceTracker<>(context, BOOTED, null) {
            @Override
            public Object addingService(ServiceReference<Object> reference) {
                begin();
                return reference;
            }

            @Override
            public void removedService(ServiceReference<Object> reference, Object same) {
                // Nothing was got.
            }
        };
        context.addFrameworkListener(this);
        booted.open(true);
    }

    @Deactivate
    void close() {
        context.removeFrameworkListener(this);
        booted.close();
    }

    @Override
    public void frameworkEvent(FrameworkEvent event) {
        if (event.getType() == FrameworkEvent.STARTLEVEL_CHANGED && booted.size() > 0) {
            begin();
        }
    }

    private void begin() {
        int wanted = wanted();
        if (level.getStartLevel() >= UP && level.getStartLevel() < wanted) {
            LOG.info("Start level {}: File Install begins with the folders that wait for it", wanted);
            level.setStartLevel(wanted);
        }
    }

    private int wanted() {
        try {
            Configuration @Nullable [] folders = configurations.listConfigurations(FOLDERS);
            return folders == null
                    ? 0
                    : Stream.of(folders).mapToInt(WatchedFolders::level).max().orElse(0);
        } catch (IOException | InvalidSyntaxException e) {
            LOG.warn("It can not be seen which folders File Install is to watch: {}", e.getMessage());
            return 0;
        }
    }

    private static int level(Configuration folder) {
        String text = String.valueOf(folder.getProperties().get(LEVEL)).strip();
        // File Install says itself what it does not understand.
        return text.matches("[0-9]{1,6}") ? Integer.parseInt(text) : 0;
    }
}
