// SPDX-License-Identifier: Apache-2.0
package io.theseus.deployer.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.theseus.release.ReleaseStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Karaf archives with releases in them. */
class DroppedArchivesTest {
    private static final String MARK = "<?theseus-release?>";
    private static final String BUNDLE = "repository/acme/ledger/2.0.0/ledger-2.0.0.jar";

    @TempDir
    Path home;

    private final FakeHandler handler = new FakeHandler();
    private Dropped dropped;

    @BeforeEach
    void watch() throws IOException {
        dropped = new Dropped(home, handler);
    }

    @AfterEach
    void close() {
        dropped.close();
    }

    @Test
    void aReleaseInAnArchiveIsInstalledFromWhatIsInItAndNothingIsLeftOfIt() throws IOException {
        dropped.put(
                "shop.kar",
                Dropped.kar(
                        "repository/acme/shop/2.0.0/shop-features.xml",
                        Dropped.features("shop", MARK),
                        "repository/acme/other/1.0/other-features.xml",
                        Dropped.features("other", ""),
                        "repository/acme/pom.xml",
                        "<project/>",
                        "repository/acme/cut.xml",
                        "<feat",
                        BUNDLE,
                        "ledger"));

        dropped.settle();
        dropped.start();
        dropped.settle();

        assertThat(handler.requests).containsExactly("unpack shop-features.xml", "install shop/2.0.0");
        assertThat(handler.with(ReleaseStatus.PERMANENT)).hasToString("shop/2.0.0");
        assertThat(handler.read)
                .singleElement()
                .satisfies(uri -> assertThat(Path.of(uri))
                        .doesNotExist()
                        .satisfies(path ->
                                assertThat(path.startsWith(dropped.folder)).isFalse()));
        assertThat(home.resolve("data/kar")).doesNotExist();
        assertThat(dropped.watcher.others).isEmpty();
    }

    @Test
    void oneWithTheNameOfAKnownReleaseIsOursAndAnyOtherGoesItsUsualWay() throws IOException {
        dropped.put("a.kar", Dropped.kar("repository/x.xml", Dropped.features("shop", ""), BUNDLE, "ledger"));
        dropped.settle();
        assertThat(dropped.watcher.others).containsExactly("a.kar");
        dropped.put("shop.yaml", Dropped.release("shop", "1.0.0"));
        dropped.settle();

        dropped.put("b.kar", Dropped.kar("repository/x.xml", Dropped.features("shop", ""), BUNDLE, "ledger"));
        dropped.put("c.kar", Dropped.kar("other/x.xml", Dropped.features("shop", MARK)));
        dropped.put("d.kar", "no archive");
        dropped.settle();

        assertThat(handler.with(ReleaseStatus.PERMANENT)).hasToString("shop/2.0.0");
        assertThat(dropped.watcher.others).containsExactly("a.kar", "c.kar", "d.kar");
    }

    @Test
    void whatCanNotBeDoneWithAnArchiveIsSaid() throws IOException {
        String shop = Dropped.features("shop", MARK);
        dropped.put("two.kar", Dropped.kar("repository/a.xml", shop, "repository/b.xml", shop, BUNDLE, "ledger"));
        dropped.put(
                "resources.kar", Dropped.kar("repository/a.xml", shop, "resource/etc/a.cfg", "a=b", BUNDLE, "ledger"));
        dropped.put("missing.kar", Dropped.kar("repository/a.xml", shop));
        dropped.put(
                "out.kar", Dropped.kar("repository/a.xml", shop, "repository/../../../out.jar", "x", BUNDLE, "ledger"));

        dropped.settle();

        assertThat(dropped.refusal("two.kar")).content().contains("several releases", "a.xml, repository/b.xml");
        assertThat(dropped.refusal("resources.kar")).content().contains("resource/", "put them there by hand");
        assertThat(dropped.refusal("missing.kar")).content().contains("there is no ledger");
        assertThat(dropped.refusal("out.kar")).content().contains("leads out of it");
        assertThat(handler.requests).isEmpty();
        assertThat(Files.exists(home.resolve("out.jar"))).isFalse();
    }
}
