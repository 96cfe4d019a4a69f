// SPDX-License-Identifier: Apache-2.0
package io.theseus.framework.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.theseus.itests.made.MadeBundle;
import io.theseus.release.Problem;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.osgi.framework.Bundle;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.BundleRevisions;
import org.osgi.framework.wiring.BundleWiring;

/** Somebody uninstalls a bundle between two questions about it. */
class UninstalledJustThenTest {
    @RegisterExtension
    private final FelixExtension felix = new FelixExtension();

    private BundleWiring wiring;
    private Bundle bundle;

    /** One that says of itself what was true before, and has the wiring that Felix leaves. */
    @BeforeEach
    void uninstall() throws Exception {
        Bundle real = felix.start(MadeBundle.of("ledger", "1.0.0")
                .header("Export-Package", "ledger")
                .header("Import-Package", "org.osgi.framework"));
        wiring = real.adapt(BundleWiring.class);
        BundleRevision before = wiring.getRevision();
        BundleRevision revision = Instead.of(BundleRevision.class, before, Map.of("getWiring", args -> wiring));
        BundleRevisions revisions =
                Instead.of(BundleRevisions.class, before, Map.of("getRevisions", args -> List.of(revision)));
        bundle = Instead.of(
                Bundle.class, real, Map.of("adapt", args -> args[0] == BundleRevisions.class ? revisions : revision));
        real.uninstall();
        assertThat(wiring.isInUse()).isFalse();
    }

    @Test
    void itUsesNoPackage() {
        assertThat(Wires.usesPackage(bundle, "ledger")).isFalse();
        assertThat(Wires.users(bundle)).isEmpty();
    }

    @Test
    void itStandsInTheWayOfNoProblemAboutAnother() throws Exception {
        Bundle another = felix.install(MadeBundle.of("another", "1.0.0").header("Import-Package", "missing"));

        assertThat(new ResolutionProblems(List.of(bundle, another)).of(another))
                .extracting(Problem::toString)
                .containsExactly("another 1.0.0 imports package missing; nothing offers it");
    }

    @Test
    void itDoesNotResolve() throws Exception {
        Bundle gone = felix.install(MadeBundle.of("gone", "1.0.0"));
        gone.uninstall();

        assertThat(new ResolutionProblems(List.of(bundle, gone)).of(gone))
                .extracting(Problem::toString)
                .containsExactly("gone 1.0.0 is uninstalled");
    }
}
