// SPDX-License-Identifier: Apache-2.0
package io.theseus.benchmarks;

import com.fasterxml.jackson.jr.ob.JSON;
import io.theseus.itests.KarafProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code forever N}: upgrades the shop back and forth in one container, and looks at what stays behind. */
final class Forever {
    /** Until here things are still loaded for the first time. */
    private static final int SETTLED = 10;
    /** In a long run, until here they are still compiled. */
    private static final int COMPILED = 100;

    private Forever() {}

    /** Arguments: the number of upgrades, 200 if left out. */
    static void run(String[] arguments) throws IOException {
        Arguments words = new Arguments("forever [N]", arguments);
        int upgrades = words.number(200);
        if (upgrades <= SETTLED) {
            throw words.wrong(upgrades + " upgrades are not more than " + SETTLED);
        }
        int settled = upgrades > 3 * COMPILED ? COMPILED : SETTLED;
        int each = Math.max(SETTLED, Math.min(COMPILED, upgrades / 20));
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
            List<Double> millis = new ArrayList<>();
            Map<String, Long> then = left(karaf);
            Map<String, Long> now = then;
            long failed = 0;
            for (int i = 1; i <= upgrades; i++) {
                millis.add(upgrade(karaf, i % 2 == 1 ? "2.0.0" : "1.0.0"));
                failed += shop.checkout() ? 0 : 1;
                if (i == settled || i % each == 0 || i == upgrades) {
                    now = left(karaf);
                    System.out.println("after " + i + " upgrades: " + words(now, ""));
                }
                if (i == settled) {
                    then = now;
                }
            }
            int many = Math.min(COMPILED, (upgrades - settled) / 2);
            System.out.printf(
                    "RESULT name=forever upgrades=%d failed=%d settled=%d %s %s install_ms=%.1f install_ms_last=%.1f of=%d%n",
                    upgrades,
                    failed,
                    settled,
                    words(then, ""),
                    words(now, "_last"),
                    median(millis.subList(settled, settled + many)),
                    median(millis.subList(upgrades - many, upgrades)),
                    many);
        }
    }

    /** What the report says that the install took. */
    private static double upgrade(KarafProcess karaf, String version) throws IOException {
        String report = karaf.run("release:install --permanent --json shop/" + version);
        return JSON.std.mapFrom(report).get("took_us") instanceof Number took ? took.doubleValue() / 1000 : -1;
    }

    private static Map<String, Long> left(KarafProcess karaf) throws IOException {
        Jvm jvm = new Jvm(karaf.pid());
        jvm.collect();
        Path home = karaf.distribution().home();
        Map<String, Long> left = new LinkedHashMap<>();
        left.put("loaders", jvm.classLoaders());
        left.put("metaspace_kb", jvm.metaspaceKilobytes());
        left.put("heap_kb", jvm.liveKilobytes());
        left.put("threads", jvm.threads());
        left.put("descriptors", jvm.descriptors());
        left.put("cache_kb", kilobytes(home.resolve("data").resolve("cache")));
        left.put("releases_kb", kilobytes(home.resolve("releases")));
        return left;
    }

    private static long kilobytes(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.map(Path::toFile)
                            .filter(file -> file.isFile())
                            .mapToLong(file -> file.length())
                            .sum()
                    / 1024;
        }
    }

    private static String words(Map<String, Long> left, String suffix) {
        return left.entrySet().stream()
                .map(each -> each.getKey() + suffix + "=" + each.getValue())
                .collect(Collectors.joining(" "));
    }

    private static double median(List<Double> numbers) {
        return numbers.stream().sorted().skip(numbers.size() / 2).findFirst().orElseThrow();
    }
}
