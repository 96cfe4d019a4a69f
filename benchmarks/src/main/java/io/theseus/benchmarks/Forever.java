// SPDX-License-Identifier: Apache-2.0
package io.theseus.benchmarks;

import io.theseus.itests.KarafProcess;
import java.io.IOException;

/** {@code forever N}: upgrades the shop back and forth in one container, and looks at what stays behind. */
final class Forever {
    /** Until here things are still loaded for the first time. */
    private static final int SETTLED = 10;

    private Forever() {}

    /** Arguments: the number of upgrades, 200 if left out. */
    static void run(String[] arguments) throws IOException {
        Arguments words = new Arguments("forever [N]", arguments);
        int upgrades = words.number(200);
        if (upgrades <= SETTLED) {
            throw words.wrong(upgrades + " upgrades are not more than " + SETTLED);
        }
        try (Shop shop = Shop.unpack()) {
            KarafProcess karaf = shop.karaf();
            // The JDK makes a class loader for every constructor and method that was called reflectively often enough.
            // The ssh sessions of this benchmark do that for hundreds; without it the loaders counted are those of
            // bundles. And what is counted is what a full collection leaves: a concurrent one keeps what died while it
            // ran.
            karaf.environment(
                    "EXTRA_JAVA_OPTS",
                    "-XX:-ExplicitGCInvokesConcurrent -Dsun.reflect.inflationThreshold=" + Integer.MAX_VALUE);
            karaf.start();
            karaf.run("release:unpack " + Built.shop("1.0.0"));
            karaf.run("release:unpack " + Built.shop("2.0.0"));
            karaf.run("release:install --permanent shop/1.0.0");
            Jvm jvm = new Jvm(karaf.pid());
            Footprint settled = Footprint.of(jvm);
            Footprint last = settled;
            long failed = 0;
            for (int i = 1; i <= upgrades; i++) {
                karaf.run("release:install --permanent shop/" + (i % 2 == 1 ? "2.0.0" : "1.0.0"));
                failed += shop.checkout() ? 0 : 1;
                if (i % SETTLED == 0 || i == upgrades) {
                    last = Footprint.of(jvm);
                    System.out.println("after " + i + " upgrades: " + last);
                }
                if (i == SETTLED) {
                    settled = last;
                }
            }
            System.out.printf(
                    "RESULT name=forever upgrades=%d failed=%d loaders_10=%d loaders_last=%d metaspace_10_kb=%d metaspace_last_kb=%d%n",
                    upgrades,
                    failed,
                    settled.classLoaders(),
                    last.classLoaders(),
                    settled.metaspaceKilobytes(),
                    last.metaspaceKilobytes());
        }
    }

    private record Footprint(long classLoaders, long metaspaceKilobytes) {
        static Footprint of(Jvm jvm) throws IOException {
            jvm.collect();
            return new Footprint(jvm.classLoaders(), jvm.metaspaceKilobytes());
        }
    }
}
