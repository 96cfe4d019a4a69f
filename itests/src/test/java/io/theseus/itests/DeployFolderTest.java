// SPDX-License-Identifier: Apache-2.0
package io.theseus.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody who knows no commands drops files into the deploy folder. */
class DeployFolderTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private final HttpClient client = HttpClient.newHttpClient();
    private KarafProcess karaf;
    private Path deploy;

    @BeforeEach
    void unpack() throws IOException {
        karaf = KarafProcess.unpack(Built.theseus(), folder.resolve("karaf"), Built.repositories());
        assertThat(karaf.distribution().etc("io.theseus.deployer.cfg")).exists();
        assertThat(karaf.distribution().etc("io.theseus.framework.cfg")).exists();
        karaf.distribution().put("io.theseus.deployer.cfg", Map.of("bake", "1s"));
        deploy = Files.createDirectories(karaf.distribution().home().resolve("deploy"));
    }

    @AfterEach
    void stop() {
        karaf.close();
    }

    @Test
    void whatIsDroppedIsInstalledOnceAndStaysOverARestart() throws Exception {
        karaf.start();
        drop("shop.yaml", shop("1.0.0"));
        serves("1.0.0");
        awaitRelease("shop/1.0.0 +. permanent");
        drop("shop-2.xml", features("2.0.0"));
        serves("2.0.0");
        awaitRelease("shop/2.0.0 +. permanent");
        drop("shop-3.xml", features("3.0.0"));
        await().atMost(LIMIT).until(() -> Files.exists(deploy.resolve("shop-3.xml.refused")));

        assertThat(deploy.resolve("shop-3.xml.refused"))
                .content()
                .contains("shop-3.xml was refused", "ledger", "touch it");
        serves("2.0.0");
        assertThat(karaf.run("release:list")).doesNotContain("shop/3.0.0");
        assertThat(karaf.run("release:status")).containsPattern("shop-3.xml\\S* refused");
        // Karaf's own deployer had none of it.
        assertThat(karaf.run("feature:repo-list")).doesNotContain("/deploy/");
        String history = karaf.run("release:history");

        karaf.stop();
        karaf.start();
        serves("2.0.0");
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(karaf.run("release:status")).containsPattern("shop-3.xml\\S* refused"));

        assertThat(karaf.run("release:history")).isEqualTo(history);
        assertThat(karaf.run("release:list")).containsPattern("shop/2.0.0 +. permanent");
        Files.delete(deploy.resolve("shop-3.xml"));
        await().atMost(LIMIT).until(() -> !Files.exists(deploy.resolve("shop-3.xml.refused")));
        assertThat(karaf.run("release:status")).doesNotContain("shop-3");
    }

    @Test
    void anApplicationIsUpgradedAloneAndAPlainBundleGoesItsUsualWay() throws Exception {
        karaf.start();
        drop("shop.yaml", shop("1.0.0"));
        awaitRelease("shop/1.0.0 +. permanent");
        copy("some-name.jar", "io/theseus/samples/pricing/2.0.0/pricing-2.0.0.jar");
        copy(
                "plain.jar",
                "org/apache/felix/org.apache.felix.healthcheck.api/2.0.4/org.apache.felix.healthcheck.api-2.0.4.jar");

        awaitRelease("shop/1.0.0.pricing-2_0_0 +. permanent");
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(bundles())
                        .anyMatch(line -> line.matches(".*Active.*file:.*/deploy/plain.jar.*"))
                        .anyMatch(line -> line.matches(".*Active.*/data/\\S*pricing-2.0.0.jar.*")));
        Files.delete(deploy.resolve("some-name.jar"));
        Files.delete(deploy.resolve("plain.jar"));
        await().atMost(LIMIT).untilAsserted(() -> assertThat(bundles()).noneMatch(line -> line.contains("plain.jar")));

        assertThat(bundles()).anyMatch(line -> line.matches(".*Active.*/data/\\S*pricing-2.0.0.jar.*"));
        assertThat(checkout()).contains("1.0.0", "2.0.0");
        copy("old.jar", "io/theseus/samples/pricing/1.0.0/pricing-1.0.0.jar");
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(bundles())
                        .anyMatch(line -> line.matches(".*Active.*/data/\\S*pricing-1.0.0.jar.*"))
                        .noneMatch(line -> line.contains("pricing-2.0.0")));
    }

    @Test
    void anApplicationComesWithItsFileChangesAndGoesWithItWhereNoReleaseWasEverInstalled() throws Exception {
        // There before anybody is who knows what it is.
        Files.write(deploy.resolve("audit.jar"), Jars.application("acme.audit", "1.0.0"));
        karaf.start();
        awaitRelease("container/0.0.0.audit-1_0_0 +. permanent");
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(bundles())
                        .anyMatch(line -> line.matches(".*Active.*/data/\\S*acme.audit-1.0.0.jar.*")));
        assertThat(karaf.run("bundle:headers acme.audit")).doesNotContain("X-Build");
        Files.write(deploy.resolve("audit.jar"), Jars.application("acme.audit", "1.0.0", "X-Build", "another"));
        awaitRelease("container/0.0.0.audit-1_0_0-audit-1_0_0 +. permanent");
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(bundles())
                        .filteredOn(line -> line.contains("acme.audit"))
                        .hasSize(1));
        assertThat(karaf.run("bundle:headers acme.audit")).contains("X-Build");
        assertThat(deploy.resolve("audit.jar.refused")).doesNotExist();
        Files.write(folder.resolve("two.jar"), Jars.application("acme.audit", "2.0.0"));
        Files.move(folder.resolve("two.jar"), deploy.resolve("two.jar"));
        Files.delete(deploy.resolve("audit.jar"));
        awaitRelease("container/0.0.0.audit-1_0_0-audit-1_0_0-audit-2_0_0 +. permanent");
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(bundles()).noneMatch(line -> line.contains("acme.audit-1.0.0")));

        karaf.stop();
        karaf.distribution().wipe();
        copy(
                "plain.jar",
                "org/apache/felix/org.apache.felix.healthcheck.api/2.0.4/org.apache.felix.healthcheck.api-2.0.4.jar");
        karaf.start();
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(bundles())
                        .anyMatch(line -> line.matches(".*Active.*file:.*/deploy/plain.jar.*"))
                        .filteredOn(line -> line.contains("audit"))
                        .singleElement()
                        .asString()
                        .matches(".*Active.*/data/\\S*acme.audit-2.0.0.jar.*"));

        karaf.stop();
        Files.delete(deploy.resolve("two.jar"));
        karaf.start();

        awaitRelease("-without-audit +. permanent");
        await().atMost(LIMIT).untilAsserted(() -> assertThat(bundles()).noneMatch(line -> line.contains("acme.audit")));
        assertThat(karaf.run("release:status")).doesNotContain("audit.jar", "two.jar");
        assertThat(karaf.log()).doesNotContain("could not be dealt with");
    }

    @Test
    void aKarBringsAReleaseAndManyApplicationsChangeInOneStep() throws Exception {
        karaf.start();
        Map<String, byte[]> inside = new TreeMap<>();
        inside.put(
                "shop-features-1.0.0-features.xml",
                features("1.0.0")
                        .replace("<features", "<?theseus-release?><features")
                        .getBytes(StandardCharsets.UTF_8));
        for (String name : List.of("ledger", "pricing", "basket", "checkout", "shop-api")) {
            String path = "io/theseus/samples/%1$s/1.0.0/%1$s-1.0.0.jar".formatted(name);
            inside.put(path, Files.readAllBytes(found(path)));
        }
        Files.write(folder.resolve("shop.kar"), Jars.kar(inside));
        Files.move(folder.resolve("shop.kar"), deploy.resolve("shop.kar"));
        serves("1.0.0");
        awaitRelease("shop/1.0.0 +. permanent");
        // Karaf's own deployer had none of it.
        assertThat(karaf.run("kar:list")).doesNotContain("shop");

        // What is there when the watcher begins is found at one look.
        karaf.stop();
        for (String name : List.of("pricing", "basket", "checkout")) {
            copy(name + ".jar", "io/theseus/samples/%1$s/2.0.0/%1$s-2.0.0.jar".formatted(name));
        }
        Files.write(deploy.resolve("audit.jar"), Jars.application("acme.audit", "1.0.0"));
        Files.write(deploy.resolve("bad.jar"), Jars.application("acme.bad", "1.0.0", "Import-Package", "acme.nowhere"));
        karaf.start();
        await().atMost(LIMIT).until(() -> Files.exists(deploy.resolve("bad.jar.refused")));

        awaitRelease("shop/1.0.0.4-changes +. permanent");
        assertThat(deploy.resolve("bad.jar.refused")).content().contains("acme.nowhere");
        assertThat(checkout()).contains("2.0.0");
        assertThat(karaf.run("application:uninstall acme.audit --permanent")).contains("Uninstalling acme.audit.");
        await().atMost(LIMIT).untilAsserted(() -> assertThat(bundles()).noneMatch(line -> line.contains("acme.")));
        serves("2.0.0");
    }

    private static String shop(String version) {
        return """
                release: shop
                version: %1$s
                bundles:
                  - location: mvn:io.theseus.samples/shop-api/1.0.0
                    role: library
                    start_level: 78
                  - mvn:io.theseus.samples/ledger/%1$s
                  - mvn:io.theseus.samples/pricing/%1$s
                  - mvn:io.theseus.samples/basket/%1$s
                  - mvn:io.theseus.samples/checkout/%1$s
                """.formatted(version);
    }

    private static String features(String version) throws IOException {
        return Files.readString(
                found("io/theseus/samples/shop-features/%1$s/shop-features-%1$s-features.xml".formatted(version)));
    }

    private void drop(String name, String content) throws IOException {
        Files.writeString(deploy.resolve(name), content);
    }

    private void copy(String name, String artifact) throws IOException {
        Path copied = Files.copy(found(artifact), folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        Files.move(copied, deploy.resolve(name));
    }

    private static Path found(String artifact) {
        return Built.repositories().stream()
                .map(repository -> repository.resolve(artifact))
                .filter(Files::exists)
                .findFirst()
                .orElseThrow();
    }

    private List<String> bundles() {
        return karaf.run("bundle:list -l -t 0").lines().toList();
    }

    private void awaitRelease(String pattern) {
        await().atMost(LIMIT)
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(karaf.run("release:list")).containsPattern(pattern));
    }

    private void serves(String version) {
        await().atMost(LIMIT)
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(checkout()).contains(version));
    }

    private String checkout() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(karaf.http("/checkout?account=test&item=tea&quantity=1"))
                .timeout(Duration.ofSeconds(20))
                .build();
        return client.send(request, BodyHandlers.ofString()).body();
    }
}
