// SPDX-License-Identifier: Apache-2.0
package io.theseus.benchmarks;

import io.theseus.itests.KarafProcess;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** {@code memory}: the container with the shop under the same load, with Theseus and without. */
final class Memory {
    private static final int REQUESTS = 20_000;

    private Memory() {}

    /** Arguments: the number of rounds, 3 if left out. The median counts. */
    static void run(String[] arguments) throws IOException {
        int rounds = new Arguments("memory [ROUNDS]", arguments).number(3);
        List<Long> with = new ArrayList<>();
        List<Long> without = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            with.add(resident(true));
            without.add(resident(false));
            System.out.println("round " + (i + 1) + ": with " + with.get(i) + " kB, without " + without.get(i) + " kB");
        }
        long a = median(with);
        long b = median(without);
        System.out.printf(
                "RESULT name=memory rounds=%d requests=%d with_kb=%d without_kb=%d difference_mb=%.1f%n",
                rounds, REQUESTS, a, b, (a - b) / 1024.0);
    }

    private static long resident(boolean theseus) throws IOException {
        try (Shop shop = Shop.unpack()) {
            KarafProcess karaf = shop.karaf();
            // The same heap in both, taken at once: how far a collector lets a heap grow is not the question.
            karaf.environment("JAVA_OPTS", "-Xms256m -Xmx256m -XX:+AlwaysPreTouch -XX:+UseSerialGC");
            if (theseus) {
                karaf.start();
                karaf.run("release:unpack " + Built.shop("1.0.0"));
                karaf.run("release:install --permanent shop/1.0.0");
            } else {
                Built.leaveOutTheseus(karaf.distribution());
                karaf.start();
                Built.installOnlyApi(karaf);
                karaf.run("feature:repo-add " + Built.shop("1.0.0"));
                karaf.run("feature:install shop");
            }
            for (int i = 0; i < REQUESTS; i++) {
                if (!shop.checkout() && i > 0) {
                    throw new IllegalStateException("the shop does not answer:\n" + karaf.log());
                }
            }
            Jvm jvm = new Jvm(karaf.pid());
            jvm.collect();
            return jvm.residentKilobytes();
        }
    }

    private static long median(List<Long> numbers) {
        return numbers.stream().sorted().skip(numbers.size() / 2).findFirst().orElseThrow();
    }
}
