// SPDX-License-Identifier: Apache-2.0
package io.theseus.deployer.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.theseus.release.ReleaseId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ToldTest {
    private static final ReleaseId SHOP = ReleaseId.parse("shop/2.0.0");

    @TempDir
    Path folder;

    @Test
    void whatWaitsIsToldAndRecordedOnceHoweverOftenItIsLookedAt() throws IOException {
        Path record = folder.resolve("DEPLOYED");
        Told told = new Told(new Answered(record), () -> Policy.DEFAULT);
        Item item = Item.of(Files.writeString(folder.resolve("shop.yaml"), Dropped.release("shop", "2.0.0")));
        Answer waits = Answer.waiting("waits for something").of(Optional.of(SHOP));
        told.unpacked(item, SHOP);
        told.tell(item, waits);
        Object written = fileKey(record);

        told.begin(item, Answer.waiting("is dealt with"));
        told.unpacked(item, SHOP);

        assertThat(told.at(item.path()))
                .hasValueSatisfying(e -> assertThat(e.answer()).isEqualTo(waits));
        told.tell(item, waits);
        assertThat(fileKey(record)).isEqualTo(written);
        assertThat(new Answered(record).release(item.sha256())).contains(SHOP);
    }

    // Every write puts another file in its place.
    private static Object fileKey(Path file) throws IOException {
        return Files.readAttributes(file, java.nio.file.attribute.BasicFileAttributes.class)
                .fileKey();
    }
}
