// SPDX-License-Identifier: Apache-2.0
package io.theseus.framework.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataAreasTest {
    private static final FileTime LONG_AGO = FileTime.from(Instant.parse("2020-02-02T02:02:02.123456Z"));

    @TempDir
    private Path folder;

    private final DataAreas areas = DataAreas.onDisk();
    private Path source;
    private Path target;

    @BeforeEach
    void open() throws IOException {
        source = Files.createDirectory(folder.resolve("source"));
        target = Files.createDirectory(folder.resolve("target"));
    }

    private static void write(Path area, String name, String text) throws IOException {
        Files.createDirectories(area.resolve(name).getParent());
        Files.writeString(area.resolve(name), text);
    }

    private AreaContents bring(Optional<AreaContents> agreed) throws IOException {
        return areas.bring(source, target, agreed);
    }

    private Optional<AreaContents> bring() throws IOException {
        return Optional.of(bring(Optional.empty()));
    }

    @Test
    void copiesFilesFoldersAndTimes() throws IOException {
        write(source, "a/b/file", "content");
        Files.createDirectories(source.resolve("a/empty"));
        Files.setLastModifiedTime(source.resolve("a/b/file"), LONG_AGO);
        Files.setLastModifiedTime(source.resolve("a"), LONG_AGO);

        bring();

        assertThat(target.resolve("a/b/file")).hasContent("content");
        assertThat(target.resolve("a/empty")).isEmptyDirectory();
        assertThat(Files.getLastModifiedTime(target.resolve("a/b/file"))).isEqualTo(LONG_AGO);
        assertThat(Files.getLastModifiedTime(target.resolve("a"))).isEqualTo(LONG_AGO);
        assertThat(target.resolve(DataAreas.STAGING)).doesNotExist();
    }

    @Test
    void copiesALinkAsALink() throws IOException {
        write(source, "file", "content");
        Files.createSymbolicLink(source.resolve("link"), Path.of("file"));

        bring();

        assertThat(Files.readSymbolicLink(target.resolve("link"))).isEqualTo(Path.of("file"));
    }

    @Test
    void copiesALinkThatLeadsNowhere() throws IOException {
        Files.createSymbolicLink(source.resolve("link"), Path.of("gone"));

        bring();

        assertThat(Files.readSymbolicLink(target.resolve("link"))).isEqualTo(Path.of("gone"));
    }

    @Test
    void firstTimeMakesAnExactCopy() throws IOException {
        write(source, "file", "content");
        write(target, "old/leftover", "x");

        bring();

        assertThat(target.resolve("old")).doesNotExist();
        assertThat(target.resolve("file")).hasContent("content");
    }

    @Test
    void laterDeletesWhatTheSourceDeletedAndKeepsWhatIsTheTargetsOwn() throws IOException {
        write(source, "gone/a", "1");
        write(source, "shared/a", "1");
        Optional<AreaContents> agreed = bring();
        Files.delete(source.resolve("gone/a"));
        Files.delete(source.resolve("gone"));
        Files.delete(source.resolve("shared/a"));
        Files.delete(source.resolve("shared"));
        write(target, "shared/own", "2");

        bring(agreed);

        assertThat(target.resolve("gone")).doesNotExist();
        assertThat(target.resolve("shared/a")).doesNotExist();
        assertThat(target.resolve("shared/own")).hasContent("2");
    }

    @Test
    void laterKeepsWhatOnlyTheTargetChanged() throws IOException {
        write(source, "migrated", "old");
        write(source, "dropped", "old");
        Optional<AreaContents> agreed = bring();
        write(target, "migrated", "new shape");
        Files.delete(target.resolve("dropped"));

        bring(agreed);

        assertThat(target.resolve("migrated")).hasContent("new shape");
        assertThat(target.resolve("dropped")).doesNotExist();
    }

    @Test
    void copiesNothingAndWalksOneAreaOnlyWhenNothingHasChanged() throws IOException {
        FileTime longAgo = FileTime.fromMillis(0);
        write(source, "kept/file", "1");
        Files.setLastModifiedTime(source.resolve("kept/file"), longAgo);
        Optional<AreaContents> agreed = bring();
        write(target, DataAreas.STAGING, "of nobody");

        AreaContents again = bring(agreed);

        assertThat(again.entries()).isEqualTo(agreed.orElseThrow().entries());
        assertThat(target.resolve(DataAreas.STAGING)).exists();
    }

    @Test
    void seesTheFirstFileOfAnAreaThatWasEmptyForLong() throws IOException {
        Files.setLastModifiedTime(source, FileTime.fromMillis(0));
        Optional<AreaContents> agreed = bring();
        AreaContents still = bring(agreed);
        write(source, "first", "1");

        bring(agreed);

        assertThat(still).isSameAs(agreed.orElseThrow());
        assertThat(target.resolve("first")).hasContent("1");
    }

    @Test
    void seesTheFirstFileOfAnAreaThatWasMadeJustNow() throws IOException {
        Optional<AreaContents> agreed = bring();
        FileTime time = Files.getLastModifiedTime(source);
        write(source, "first", "1");
        Files.setLastModifiedTime(source, time);

        bring(agreed);

        assertThat(target.resolve("first")).hasContent("1");
    }

    @Test
    void seesWhatTheOtherAreaHasWhenItComesBack() throws IOException {
        Files.setLastModifiedTime(source, FileTime.fromMillis(0));
        Optional<AreaContents> agreed = bring();
        write(target, "first", "1");
        Files.setLastModifiedTime(target, FileTime.fromMillis(0));

        areas.bring(target, source, agreed);

        assertThat(source.resolve("first")).hasContent("1");
    }

    @Test
    void seesAChangeThatLeftSizeAndTimeAsTheyWere() throws IOException {
        write(source, "file", "100");
        Optional<AreaContents> agreed = bring();
        FileTime time = Files.getLastModifiedTime(source.resolve("file"));
        write(source, "file", "200");
        Files.setLastModifiedTime(source.resolve("file"), time);

        bring(agreed);

        assertThat(target.resolve("file")).hasContent("200");
    }

    @Test
    void replacesAFileByAFolderAndAFolderByAFile() throws IOException {
        write(source, "one", "file");
        write(source, "two/inside", "file");
        Optional<AreaContents> agreed = bring();
        Files.delete(source.resolve("one"));
        write(source, "one/inside", "folder");
        Files.delete(source.resolve("two/inside"));
        Files.delete(source.resolve("two"));
        write(source, "two", "file");

        bring(agreed);

        assertThat(target.resolve("one/inside")).hasContent("folder");
        assertThat(target.resolve("two")).isRegularFile().hasContent("file");
    }

    @Test
    void failingCopyLeavesTheTargetAsItWas() throws IOException {
        write(source, "a", "1");
        write(source, "b", "1");
        Optional<AreaContents> agreed = bring();
        write(source, "a", "22");
        write(source, "b", "22");
        DataAreas failing = new DataAreas((from, to) -> {
            if (from.endsWith("b")) {
                throw new IOException("No space left on device");
            }
            Files.copy(from, to);
        });

        assertThatIOException().isThrownBy(() -> failing.bring(source, target, agreed));

        assertThat(target.resolve("a")).hasContent("1");
        assertThat(target.resolve("b")).hasContent("1");
        assertThat(target.resolve(DataAreas.STAGING)).doesNotExist();
    }

    @Test
    void clearsWhatACrashLeftStaged() throws IOException {
        write(target, DataAreas.STAGING + "/0", "half");
        write(source, "file", "content");

        bring();

        assertThat(target.resolve(DataAreas.STAGING)).doesNotExist();
        assertThat(target).isDirectoryNotContaining("glob:**/0");
    }

    @Test
    void toleratesAFileThatVanishesWhileItIsCopied() throws IOException {
        write(source, "file", "content");
        DataAreas vanishing = new DataAreas((from, to) -> {
            Files.delete(from);
            Files.copy(from, to);
        });

        vanishing.bring(source, target, Optional.empty());

        assertThat(target).isEmptyDirectory();
    }

    @Test
    void toleratesAFolderThatVanishesWhileItIsCopied() throws IOException {
        write(source, "folder/file", "content");
        DataAreas vanishing = new DataAreas((from, to) -> {
            Files.move(from, to);
            Files.delete(from.getParent());
        });

        vanishing.bring(source, target, Optional.empty());

        assertThat(target.resolve("folder/file")).hasContent("content");
    }

    @Test
    void tellsWhetherAnAreaHoldsAFile() throws IOException {
        Files.createDirectories(source.resolve("a/b"));
        assertThat(DataAreas.holdsFile(source)).isFalse();

        write(source, "a/b/c", "");
        assertThat(DataAreas.holdsFile(source)).isTrue();
        assertThat(DataAreas.holdsFile(source.resolve("nowhere"))).isFalse();
    }
}
