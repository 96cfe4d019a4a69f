// SPDX-License-Identifier: Apache-2.0
package io.theseus.framework.internal;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.wiring.BundleWiring;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads the classes that a bundle is going to need, before it does. Which they are its predecessor knows: the ones that it has loaded. Only its
 * class loader can tell, and only by {@link ClassLoader}'s protected {@code findLoadedClass}, which takes {@code --add-opens
 * java.base/java.lang=ALL-UNNAMED}; Karaf's start script has it. Without it nothing is loaded early. Thread safety: safe for use by many threads.
 */
final class Loading {
    private static final Logger LOG = LoggerFactory.getLogger(Loading.class);
    private static final String SUFFIX = ".class";

    private final @Nullable Method loaded;

    private Loading(@Nullable Method loaded) {
        this.loaded = loaded;
    }

    static Loading here() {
        try {
            Method loaded = ClassLoader.class.getDeclaredMethod("findLoadedClass", String.class);
            loaded.setAccessible(true);
            return new Loading(loaded);
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.debug("Which classes a bundle has loaded is out of reach here: {}", e.toString());
            return new Loading(null);
        }
    }

    /** @return how many */
    int load(Bundle bundle, Bundle like) {
        BundleWiring wiring = bundle.adapt(BundleWiring.class);
        ClassLoader loader = loader(wiring);
        ClassLoader before = loader(like.adapt(BundleWiring.class));
        if (loaded == null || loader == null || before == null || isLazy(bundle)) {
            return 0;
        }
        int count = 0;
        for (String name : classes(wiring)) {
            if (has(before, name) && link(loader, name)) {
                count++;
            }
        }
        return count;
    }

    /** Null for a fragment, and for what is not resolved. */
    private static @Nullable ClassLoader loader(@Nullable BundleWiring wiring) {
        return wiring == null ? null : wiring.getClassLoader();
    }

    private static boolean isLazy(Bundle bundle) {
        String policy = bundle.getHeaders("").get(Constants.BUNDLE_ACTIVATIONPOLICY);
        return policy != null && policy.trim().startsWith(Constants.ACTIVATION_LAZY);
    }

    private static List<String> classes(BundleWiring wiring) {
        Collection<String> files = wiring.listResources(
                "/", "*" + SUFFIX, BundleWiring.LISTRESOURCES_RECURSE | BundleWiring.LISTRESOURCES_LOCAL);
        return files == null
                ? List.of()
                : files.stream()
                        .map(file -> file.substring(0, file.length() - SUFFIX.length())
                                .replace('/', '.'))
                        .toList();
    }

    private boolean has(ClassLoader loader, String name) {
        try {
            return loaded != null && loaded.invoke(loader, name) != null;
        } catch (IllegalAccessException | InvocationTargetException e) {
            return false;
        }
    }

    /** Asking for constructors links a class without initialising it, and looks at the types of their parameters alone. */
    private static boolean link(ClassLoader loader, String name) {
        try {
            return Class.forName(name, false, loader).getDeclaredConstructors() != null;
        } catch (ClassNotFoundException | LinkageError | RuntimeException e) {
            LOG.debug("{} is not loaded early: {}", name, e.toString());
            return false;
        }
    }
}
