// SPDX-License-Identifier: Apache-2.0
package io.theseus.benchmarks;

import java.nio.file.Path;
import java.util.Map;
import java.util.ServiceLoader;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;

/** Frameworks in this JVM, without a container. */
public final class Frameworks {
    private Frameworks() {}

    /** A framework that runs, with nothing in it. */
    public static Framework start(Path storage) throws BundleException {
        Framework started = ServiceLoader.load(FrameworkFactory.class)
                .findFirst()
                .orElseThrow()
                .newFramework(Map.of(Constants.FRAMEWORK_STORAGE, storage.toString()));
        started.start();
        return started;
    }
}
