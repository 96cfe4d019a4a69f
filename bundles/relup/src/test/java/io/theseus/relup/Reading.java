// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.theseus.release.RefusedException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** The readers of files that people write, each as bytes come to it. */
enum Reading {
    APPUP(List.of("appups.txt", "otp.txt", "plans.txt", "translation.txt"), "appup", "other") {
        @Override
        void read(byte[] bytes) {
            AppupReader.read("f.yaml", text(bytes));
        }
    },
    SCRIPT(List.of("otp.txt", "plans.txt", "translation.txt"), "script") {
        @Override
        void read(byte[] bytes) {
            Script script = ScriptReader.read("f.yaml", text(bytes));
            assertThat(ScriptReader.read("f.yaml", ScriptPrinter.print(script)).steps())
                    .extracting(Script.Step::instruction)
                    .isEqualTo(script.steps().stream()
                            .map(Script.Step::instruction)
                            .toList());
        }
    },
    RELUP(List.of("relups.txt"), "relup") {
        @Override
        void read(byte[] bytes) {
            RelupReader.read("f.yaml", text(bytes));
        }
    },
    RELEASE(List.of("releases.txt"), "file") {
        @Override
        void read(byte[] bytes) {
            ReleaseReader.read("file:/releases/f", bytes);
        }
    };

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final List<String> files;
    private final List<String> sections;

    Reading(List<String> files, String... sections) {
        this.files = files;
        this.sections = List.of(sections);
    }

    abstract void read(byte[] bytes);

    /** The fixtures of this kind. */
    List<String> seeds() {
        return files.stream()
                .flatMap(file -> Fixture.all(file).stream())
                .flatMap(fixture -> fixture.sections().entrySet().stream())
                .filter(e -> sections.contains(e.getKey().split(" ")[0]))
                .map(java.util.Map.Entry::getValue)
                .toList();
    }

    /** Reads, or is refused with a reason and a place. Answers how much memory that took. */
    long measured(byte[] bytes) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        try {
            read(bytes);
        } catch (RefusedException e) {
            assertThat(e.problems())
                    .isNotEmpty()
                    .allSatisfy(p ->
                            assertThat(Stream.of(p.code(), p.where(), p.text())).noneMatch(String::isEmpty));
        }
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
