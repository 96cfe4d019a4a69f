// SPDX-License-Identifier: Apache-2.0
package io.theseus.samples.driver;

import java.nio.file.Path;
import java.util.Map;

/** The program behind the demo script, which says what it is given. */
public final class Main {
    /** The variable of the environment with the password: arguments are seen by everybody on the machine. */
    static final String PASSWORD = "THESEUS_PASSWORD";

    private Main() {}

    public static void main(String[] args) throws InterruptedException {
        Map<String, String> pairs = Options.pairs(args);
        Options options = Options.of(pairs);
        Out out = new Out(System.out);
        KarafContainer container = new KarafContainer(Path.of(pairs.getOrDefault("home", ".")));
        Runtime.getRuntime().addShutdownHook(new Thread(container::close));
        String password = System.getenv().getOrDefault(PASSWORD, "");
        boolean passed;
        try (SshConsole console = new SshConsole(
                Options.number(pairs, "ssh-port", null), pairs.getOrDefault("user", "karaf"), password)) {
            passed = new Scenario(options, container, console, out).run();
        }
        System.exit(passed ? 0 : 1);
    }
}
