// SPDX-License-Identifier: Apache-2.0
package io.theseus.deployer.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.theseus.deployer.internal.Answer.State;
import io.theseus.release.ReleaseId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnsweredTest {
    private static final Answer DONE = new Answer(State.DONE, Optional.of(ReleaseId.parse("shop/1.0.0")), "one\ntwo");

    @TempDir
    Path folder;

    @Test
    void whatWasAnsweredIsKnownTheNextTimeWhateverElseIsInTheFile() throws IOException {
        Path file = folder.resolve("releases/DEPLOYED");
        Answered first = new Answered(file);
        first.put(Path.of("/deploy/a\tb.yaml"), "aa", 7, DONE);
        first.put(Path.of("/deploy/c.yaml"), "cc", 8, DONE);
        Files.writeString(file, "garbage\nx\ty\tz\tw\tv\tu\tt\n", StandardOpenOption.APPEND);

        Answered next = new Answered(file);

        assertThat(next.find(Path.of("/deploy/c.yaml"), "cc", 9)).contains(DONE);
        assertThat(next.find(Path.of("/deploy/c.yaml"), "dd", 8)).isEmpty();
        assertThat(next.find(Path.of("/deploy/elsewhere.yaml"), "aa", 7)).contains(DONE);
        assertThat(next.find(Path.of("/deploy/elsewhere.yaml"), "aa", 8)).isEmpty();
        assertThat(next.release("aa")).contains(ReleaseId.parse("shop/1.0.0"));
    }

    @Test
    void ofWhatHasGoneTheOldestIsForgotten() throws IOException {
        Answered answered = new Answered(folder.resolve("DEPLOYED"));
        for (int i = 0; i < 202; i++) {
            answered.put(Path.of("/deploy/" + i), "sha" + i, i, DONE);
            answered.gone(Path.of("/deploy/" + i));
        }

        assertThat(answered.at(Path.of("/deploy/0"))).isEmpty();
        assertThat(answered.at(Path.of("/deploy/1"))).isEmpty();
        assertThat(answered.at(Path.of("/deploy/2"))).isPresent();
    }

    @Test
    void whatCanNotBeWrittenIsNotAnswered() throws IOException {
        Path file = folder.resolve("DEPLOYED");
        Answered answered = new Answered(file);
        Files.createDirectories(file.resolve("in the way"));

        assertThatThrownBy(() -> answered.put(Path.of("/deploy/a"), "aa", 7, DONE))
                .isInstanceOf(IOException.class);

        assertThat(answered.at(Path.of("/deploy/a"))).isEmpty();
    }
}
