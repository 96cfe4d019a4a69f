// SPDX-License-Identifier: Apache-2.0
package io.theseus.framework.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Dictionary;
import java.util.Hashtable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.FrameworkListener;
import org.osgi.framework.ServiceFactory;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.startlevel.FrameworkStartLevel;
import org.osgi.service.cm.ConfigurationAdmin;

class WatchedFoldersTest {
    @RegisterExtension
    final FelixExtension felix = new FelixExtension();

    private final Level level = new Level();
    private ConfigurationAdmin configurations;
    private WatchedFolders folders;

    @BeforeEach
    void open() throws Exception {
        felix.startConfigurationAdmin();
        configurations = felix.service(ConfigurationAdmin.class);
        folder("etc", "");
        folder("other", "80");
    }

    @AfterEach
    void close() {
        folders.close();
    }

    private void folder(String name, String active) throws Exception {
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put("felix.fileinstall.dir", name);
        if (!active.isEmpty()) {
            properties.put("felix.fileinstall.active.level", active);
        }
        configurations
                .getFactoryConfiguration("org.apache.felix.fileinstall", name, "?")
                .update(properties);
    }

    private void deployerComes() {
        folders = new WatchedFolders(felix.context(), configurations, level);
    }

    private void featuresAreInstalled() {
        felix.context().registerService(new String[] {WatchedFolders.BOOTED}, new Anything(), new Hashtable<>());
    }

    private void changes(int next) {
        level.setStartLevel(next);
        folders.frameworkEvent(new FrameworkEvent(
                FrameworkEvent.STARTLEVEL_CHANGED, felix.context().getBundle(0), null));
    }

    @Test
    void inAFreshContainerItBeginsWhenTheFeaturesAreInstalled() throws Exception {
        folder("deploy", " 101");
        level.setStartLevel(100);
        deployerComes();
        assertThat(level.getStartLevel()).isEqualTo(100);

        featuresAreInstalled();

        assertThat(level.getStartLevel()).isEqualTo(101);
    }

    @Test
    void inOneThatHasFeaturesItBeginsWhenItIsUp() throws Exception {
        folder("deploy", "101");
        level.setStartLevel(36);
        featuresAreInstalled();
        deployerComes();
        assertThat(level.getStartLevel()).isEqualTo(36);

        changes(80);
        assertThat(level.getStartLevel()).isEqualTo(80);
        changes(100);
        assertThat(level.getStartLevel()).isEqualTo(101);
    }

    @Test
    void aContainerWhoseFoldersDoNotWaitStaysAsItIs() throws Exception {
        folder("deploy", "9,5");
        level.setStartLevel(120);
        featuresAreInstalled();
        deployerComes();
        folder("deploy", "110");

        changes(120);

        assertThat(level.getStartLevel()).isEqualTo(120);
    }

    @Test
    void nothingIsDoneWithoutADeployer() throws Exception {
        folder("deploy", "101");
        level.setStartLevel(100);
        deployerComes();
        folders.close();

        featuresAreInstalled();

        assertThat(level.getStartLevel()).isEqualTo(100);
    }

    /** A service of a type that nobody here has. */
    private static final class Anything implements ServiceFactory<Object> {
        @Override
        public Object getService(Bundle bundle, ServiceRegistration<Object> registration) {
            return this;
        }

        @Override
        public void ungetService(Bundle bundle, ServiceRegistration<Object> registration, Object service) {
            // It is always the same.
        }
    }

    private static final class Level implements FrameworkStartLevel {
        private int level = 1;

        @Override
        public int getStartLevel() {
            return level;
        }

        @Override
        public void setStartLevel(int next, FrameworkListener... listeners) {
            level = next;
        }

        @Override
        public int getInitialBundleStartLevel() {
            return 80;
        }

        @Override
        public void setInitialBundleStartLevel(int next) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Bundle getBundle() {
            throw new UnsupportedOperationException();
        }
    }
}
