// SPDX-License-Identifier: Apache-2.0
package io.theseus.framework.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.theseus.itests.made.MadeBundle;
import io.theseus.release.Problem;
import io.theseus.release.RefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Hashtable;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.osgi.framework.Bundle;
import org.osgi.service.cm.ConfigurationAdmin;

/** The data area follows an application, and comes back. */
class SharedDataTest {
    @RegisterExtension
    private final FelixExtension felix = new FelixExtension();

    private FrameworkBelongings belongings;
    private Bundle older;
    private Bundle newer;

    @BeforeEach
    void open() throws Exception {
        belongings = new FrameworkBelongings(felix.context());
        older = felix.start(MadeBundle.of("ledger", "1.0.0"));
        newer = felix.install(MadeBundle.of("ledger", "2.0.0"));
        write(older, "journal", "100");
    }

    private static Path file(Bundle bundle, String name) {
        return bundle.getDataFile(name).toPath();
    }

    private static void write(Bundle bundle, String name, String text) throws IOException {
        Files.createDirectories(file(bundle, name).getParent());
        Files.writeString(file(bundle, name), text);
    }

    private void share() {
        belongings.share(older.getBundleId(), newer.getBundleId());
    }

    @Test
    void newVersionStartsWithTheDataOfTheOldOne() throws Exception {
        share();

        assertThat(file(newer, "journal")).hasContent("100");
        write(newer, "journal", "200");
        assertThat(file(older, "journal")).hasContent("100");
    }

    @Test
    void sharingAgainBringsWhatWasWrittenMeanwhile() throws Exception {
        share();
        write(older, "journal", "300");
        write(older, "deep/er/more", "new");
        write(newer, "index", "made by the new version");

        share();

        assertThat(file(newer, "journal")).hasContent("300");
        assertThat(file(newer, "deep/er/more")).hasContent("new");
        assertThat(file(newer, "index")).exists();
    }

    /** An area that was empty when they agreed, long after its last change, is looked at by its time stamp alone. */
    @Test
    void whatIsWrittenToAnEmptyAreaIsBroughtWhoeverWritesIt() throws Exception {
        Files.delete(file(older, "journal"));
        age(older);
        age(newer);
        share();
        share();
        assertThat(file(newer, "")).isEmptyDirectory();

        write(newer, "index", "made by the new version");
        belongings.share(newer.getBundleId(), older.getBundleId());
        assertThat(file(older, "index")).exists();
        write(older, "journal", "300");
        share();
        assertThat(file(newer, "journal")).hasContent("300");
    }

    private static void age(Bundle bundle) throws IOException {
        Files.setLastModifiedTime(file(bundle, ""), FileTime.from(Instant.now().minusSeconds(60)));
    }

    @Test
    void failureLeavesTheOldDataAsTheyWere() throws Exception {
        share();
        write(newer, "journal", "broken");

        belongings.giveBack(older.getBundleId(), newer.getBundleId(), false);

        assertThat(file(older, "journal")).hasContent("100");
    }

    @Test
    void rollbackBringsWhatTheNewVersionWrote() throws Exception {
        write(older, "obsolete", "x");
        share();
        write(newer, "journal", "400");
        write(newer, "index", "new");
        Files.delete(file(newer, "obsolete"));

        belongings.giveBack(older.getBundleId(), newer.getBundleId(), true);

        assertThat(file(older, "journal")).hasContent("400");
        assertThat(file(older, "index")).hasContent("new");
        assertThat(file(older, "obsolete")).doesNotExist();
    }

    @Test
    void whatWasBroughtBackIsNotBroughtASecondTime() throws Exception {
        share();
        write(newer, "journal", "400");

        belongings.bringBack(older.getBundleId(), newer.getBundleId());
        assertThat(file(older, "journal")).hasContent("400");
        write(older, "journal", "500");
        belongings.giveBack(older.getBundleId(), newer.getBundleId(), true);

        assertThat(file(older, "journal")).hasContent("500");
    }

    @Test
    void settledDataStaysWithTheNewVersion() throws Exception {
        share();
        older.uninstall();

        belongings.settle(older.getBundleId(), newer.getBundleId());

        assertThat(file(newer, "journal")).hasContent("100");
        assertThat(felix.folder().resolve("releases/belongings")).doesNotExist();
    }

    @Test
    void noRoomForDataIsRefusedAndNothingIsChanged() {
        belongings = new FrameworkBelongings(felix.framework(), new DataAreas((from, to) -> {
            Files.writeString(to, "1");
            throw new IOException("No space left on device");
        }));

        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(this::share)
                .withMessageContaining("ledger 1.0.0 can not share its data with 2.0.0: No space left on device")
                .satisfies(refused ->
                        assertThat(refused.problems()).extracting(Problem::code).containsExactly("belongings"));
        assertThat(file(newer, "")).isEmptyDirectory();
        assertThat(felix.folder().resolve("releases/belongings")).doesNotExist();
    }

    @Test
    void noRoomForTheRecordIsRefusedAndNothingIsChanged() throws Exception {
        felix.startConfigurationAdmin();
        felix.service(ConfigurationAdmin.class)
                .getConfiguration("ledger", older.getLocation())
                .update(new Hashtable<>(Map.of("currency", "EUR")));
        Files.writeString(felix.folder().resolve("releases"), "a file where a folder should be");

        assertThatExceptionOfType(RefusedException.class).isThrownBy(this::share);

        assertThat(file(newer, "")).isEmptyDirectory();
    }
}
