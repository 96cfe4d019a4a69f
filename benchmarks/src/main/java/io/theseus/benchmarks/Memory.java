// SPDX-License-Identifier: Apache-2.0
package io.theseus.benchmarks;

import io.theseus.itests.Distribution;
import io.theseus.itests.KarafProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code memory}: the container with the shop under the same load, with Theseus and without. */
final class Memory {
    private static final int REQUESTS = 20_000;

    private Memory() {}

    /** Arguments: the number of rounds, 3 if left out. The median counts. */
    static void run(String[] arguments) throws IOException {
        int rounds = arguments.length == 0 ? 3 : Integer.parseInt(arguments[0]);
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
                karaf.run("release:unpack " + Shop.repository("1.0.0"));
                karaf.run("release:install --permanent shop/1.0.0");
            } else {
                withoutTheseus(karaf.distribution());
                karaf.start();
                // The samples implement interfaces of the API; it does nothing by itself.
                karaf.run("bundle:install -s mvn:io.theseus/api/" + System.getProperty("theseus.version"));
                karaf.run("feature:repo-add " + Shop.repository("1.0.0"));
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

    private static void withoutTheseus(Distribution distribution) throws IOException {
        Path boot = distribution.etc("org.apache.karaf.features.cfg");
        List<String> kept = Files.readAllLines(boot).stream()
                .filter(line -> !line.strip().startsWith("theseus/"))
                .toList();
        Files.write(boot, kept);
    }

    private static long median(List<Long> numbers) {
        return numbers.stream().sorted().skip(numbers.size() / 2).findFirst().orElseThrow();
    }
}
