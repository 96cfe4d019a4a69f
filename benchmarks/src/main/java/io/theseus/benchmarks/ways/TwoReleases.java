// SPDX-License-Identifier: Apache-2.0
package io.theseus.benchmarks.ways;

import java.io.IOException;

/** A way from one release file to another: tried out and taken back, then installed for good, then the first one again. */
abstract class TwoReleases implements Way {
    private final String release;
    private final String first;
    private final String next;

    /**
     * @param release the name of both
     * @param first version of the one
     * @param next version of the other
     */
    TwoReleases(String release, String first, String next) {
        this.release = release;
        this.first = first;
        this.next = next;
    }

    /** Adds the bundles of one version to its release file. */
    abstract void fill(ReleaseText text, String version);

    /** Waits until this version answers. */
    abstract void await(Scene scene, String version) throws Exception;

    @Override
    public void first(Scene scene) throws Exception {
        unpack(scene, first);
        unpack(scene, next);
        scene.run("release:install --permanent " + release + "/" + first);
        await(scene, first);
    }

    @Override
    public final void thereAndBack(Scene scene) throws Exception {
        scene.tryOut(release + "/" + next);
        await(scene, first);
        install(scene, next);
        install(scene, first);
    }

    private void install(Scene scene, String version) throws Exception {
        scene.install(release + "/" + version);
        await(scene, version);
    }

    private void unpack(Scene scene, String version) throws IOException {
        ReleaseText text = new ReleaseText(release, version);
        fill(text, version);
        scene.unpack(text);
    }
}
