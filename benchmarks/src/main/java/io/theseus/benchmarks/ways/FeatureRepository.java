// SPDX-License-Identifier: Apache-2.0
package io.theseus.benchmarks.ways;

import io.theseus.benchmarks.Built;

/** {@code features}: the sample shop from its feature repositories. */
final class FeatureRepository implements Way {
    @Override
    public String name() {
        return "features";
    }

    @Override
    public Customers customers(Scene scene) {
        return Customers.of(scene.karaf()::http);
    }

    @Override
    public void prepare(Scene scene) {
        // The build has made all of it.
    }

    @Override
    public void first(Scene scene) throws Exception {
        Shop.first(scene);
    }

    @Override
    public void thereAndBack(Scene scene) throws Exception {
        scene.run("release:unpack " + Built.shop("2.0.0"));
        scene.tryOut("shop/2.0.0");
        scene.install("shop/2.0.0");
        scene.install("shop/1.0.0");
    }
}
