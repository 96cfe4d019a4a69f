// SPDX-License-Identifier: Apache-2.0
package io.theseus.framework.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.felix.fileinstall.ArtifactInstaller;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.ConfigurationListener;

/**
 * Whoever makes configurations of files: Felix File Install, and Karaf for JSON. They look for new files now and then; here they are
 * told, and have read a file when they return. When they find it later, nothing is left to do. Thread safety: stateless.
 */
final class ConfigurationReaders {
    private static final String READER = "org.apache.felix.fileinstall.ArtifactInstaller";
    private final Framework framework;

    ConfigurationReaders(Framework framework) {
        this.framework = framework;
    }

    void read(Path file) throws IOException {
        for (ServiceReference<?> reference : references()) {
            @Nullable Object reader = framework.own().getService(reference);
            try {
                if (reader instanceof ArtifactInstaller installer && installer.canHandle(file.toFile())) {
                    installer.install(file.toFile());
                }
            } catch (Exception e) {
                throw new IOException(file + " can not be read as a configuration: " + e.getMessage(), e);
            } finally {
                framework.own().ungetService(reference);
            }
        }
    }

    /** Others install bundles of files. By its name: where there is no File Install there is no such class. */
    private List<ServiceReference<?>> references() {
        try {
            ServiceReference<?> @Nullable [] found = framework
                    .own()
                    .getServiceReferences(READER, "(objectClass=" + ConfigurationListener.class.getName() + ")");
            return found == null ? List.of() : List.of(found);
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
