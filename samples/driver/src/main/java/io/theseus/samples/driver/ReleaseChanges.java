// SPDX-License-Identifier: Apache-2.0
package io.theseus.samples.driver;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;

/** What an operator does in each phase, and whether the container did as it should. Thread safety: for one thread. */
final class ReleaseChanges {
    private static final String FEATURES = "mvn:io.theseus.samples/shop-features/%s/xml/features";

    private final ReleaseCommands commands;
    private final String bake;
    private final Out out;

    ReleaseChanges(ReleaseCommands commands, String bake, Out out) {
        this.commands = commands;
        this.bake = bake;
        this.out = out;
    }

    void first() throws IOException {
        commands.must("release:unpack " + String.format(FEATURES, "1.0.0"));
        commands.must("release:install shop/1.0.0 --permanent");
    }

    Done upgrade() throws IOException {
        commands.must("release:unpack " + String.format(FEATURES, "2.0.0"));
        commands.must("release:plan shop/2.0.0");
        return installForGood("shop/2.0.0");
    }

    Done broken() throws IOException {
        commands.must("release:unpack " + String.format(FEATURES, "3.0.0"));
        int status = commands.may("release:install shop/3.0.0 --bake " + bake);
        ReleaseReport report = commands.last("install");
        if (status == 0 || !"undone".equals(report.outcome())) {
            throw new IOException("3.0.0 was to be undone, and is " + report.outcome());
        }
        if (report.problems().isEmpty()) {
            throw new IOException("3.0.0 was undone, but nothing says why");
        }
        report.problems().forEach(p -> out.say("undone, because " + p));
        expect("shop/2.0.0");
        return new Done(Optional.of(report));
    }

    Done downgrade() throws IOException {
        return installForGood("shop/1.0.0");
    }

    private Done installForGood(String release) throws IOException {
        commands.must("release:install " + release + " --bake " + bake);
        ReleaseReport install = commands.last("install");
        commands.must("release:make-permanent " + release);
        expect(release);
        return new Done(Optional.of(install));
    }

    void expect(String release) throws IOException {
        if (!commands.permanent().equals(release) || !commands.current().equals(release)) {
            throw new IOException("permanent is " + commands.permanent() + " and current " + commands.current()
                    + ", both should be " + release);
        }
    }

    /** What a phase's commands reported. */
    record Done(Optional<ReleaseReport> install) {
        static final Done NOTHING = new Done(Optional.empty());

        OptionalLong figure(String name) {
            return install.map(report -> report.figure(name)).orElse(OptionalLong.empty());
        }

        OptionalLong took() {
            return install.map(report -> OptionalLong.of(report.tookUs())).orElse(OptionalLong.empty());
        }
    }
}
