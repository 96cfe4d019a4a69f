// SPDX-License-Identifier: Apache-2.0
package io.theseus.framework.internal;

import io.theseus.release.BundleSpec;
import io.theseus.release.Problem;
import io.theseus.release.RefusedException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.startlevel.BundleStartLevel;

/**
 * Installs a bundle beside whatever is there.
 *
 * <ul>
 *   <li>The same name and version is there with the same content: that bundle is the answer, wherever it was installed from.
 *   <li>The same name and version is there with other content: refused, unless it was asked for: nobody knows where that came from.
 *   <li>The location is taken by another version (a file dropped again under its name) or by a twin: the location gets {@code #version}
 *       behind it, and {@code #again} if that is taken too.
 * </ul>
 *
 * <p>A new bundle is not started when the container restarts, until it is started persistently.
 */
final class Installing {
    private static final String CODE = "does-not-install";

    private final Framework framework;
    private final Twins twins;

    Installing(Framework framework, Twins twins) {
        this.framework = framework;
        this.twins = twins;
    }

    long install(BundleSpec spec, Path file) {
        Optional<Bundle> there = framework.bundles().stream()
                .filter(bundle -> isNamed(bundle, spec))
                .findFirst();
        return there.map(bundle -> identical(spec, bundle, file)).orElseGet(() -> installNew(spec, file));
    }

    /** Beside a bundle of the same name, version and content. */
    long again(BundleSpec spec, Bundle twin, Path file) {
        identical(spec, twin, file);
        return twins.install(() -> installNew(spec, file));
    }

    /** Beside a bundle of the same name and version, of another build. */
    long another(BundleSpec spec, Path file) {
        return twins.install(() -> installNew(spec, file));
    }

    static boolean holds(Bundle there, Path file) {
        try {
            return SameContent.is(file, there);
        } catch (IOException e) {
            throw new UncheckedIOException("bundle " + there.getBundleId() + " can not be compared with " + file, e);
        }
    }

    private static long identical(BundleSpec spec, Bundle there, Path file) {
        try {
            if (SameContent.is(file, there)) {
                return there.getBundleId();
            }
        } catch (IOException e) {
            throw refused(spec, "can not be compared with bundle " + there.getBundleId() + ": " + e.getMessage(), "");
        }
        throw refused(
                spec,
                "is installed with other content already, as bundle " + there.getBundleId() + " from "
                        + there.getLocation(),
                "give the new content a version of its own");
    }

    private long installNew(BundleSpec spec, Path file) {
        Bundle bundle = read(spec, file, freeLocation(spec));
        if (!isNamed(bundle, spec)) {
            remove(bundle);
            throw refused(spec, "is " + Framework.describe(bundle) + " by its manifest", "correct the release");
        }
        bundle.adapt(BundleStartLevel.class).setStartLevel(spec.startLevel());
        return bundle.getBundleId();
    }

    private Bundle read(BundleSpec spec, Path file, String location) {
        try (InputStream content = Files.newInputStream(file)) {
            return framework.systemContext().installBundle(location, content);
        } catch (IOException e) {
            throw refused(spec, "can not be read from " + file + ": " + e.getMessage(), "");
        } catch (BundleException e) {
            throw refused(spec, "is no bundle the framework takes: " + Causes.text(e), "");
        }
    }

    private String freeLocation(BundleSpec spec) {
        return Stream.of(spec.location(), spec.locationBeside())
                .filter(location -> framework.systemContext().getBundle(location) == null)
                .findFirst()
                .orElse(spec.locationAgain());
    }

    private static boolean isNamed(Bundle bundle, BundleSpec spec) {
        return spec.symbolicName().equals(bundle.getSymbolicName())
                && spec.version().equals(bundle.getVersion());
    }

    private static void remove(Bundle bundle) {
        try {
            bundle.uninstall();
        } catch (BundleException e) {
            throw new IllegalStateException("bundle " + bundle.getBundleId() + " can not be removed again", e);
        }
    }

    private static RefusedException refused(BundleSpec spec, String fact, String hint) {
        return new RefusedException(Problem.of(CODE, "", spec + " " + fact).withHint(hint));
    }
}
