// SPDX-License-Identifier: Apache-2.0
package io.theseus.samples.driver;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A shell whose releases are versions of a {@link StubShop}. */
final class FakeConsole implements Console {
    private final StubShop shop;
    final List<String> commands = new ArrayList<>();
    String permanent = "shop/0.0.0";
    String outcomeOfThird = "undone";
    int leaked;
    private final List<String> history = new ArrayList<>();

    FakeConsole(StubShop shop) {
        this.shop = shop;
    }

    @Override
    public int run(String command, Consumer<String> eachLine) {
        commands.add(command);
        String[] words = command.split(" ");
        switch (words[0]) {
            case "release:install":
                return install(words[1], eachLine);
            case "release:make-permanent":
                permanent = words[1];
                return 0;
            case "release:collect":
                history.add("{\"operation\": \"collect\", \"outcome\": \"done\", \"figures\": {\"leaked_loaders\": "
                        + leaked + "}}");
                return leaked > 0 ? 1 : 0;
            case "release:history":
                eachLine.accept(history.toString());
                return 0;
            case "release:status":
                eachLine.accept("{\"permanent\": \"" + permanent + "\", \"current\": \"" + permanent
                        + "\", \"activity\": \"idle\"}");
                return 0;
            default:
                return 0;
        }
    }

    private int install(String release, Consumer<String> eachLine) {
        boolean third = release.equals("shop/3.0.0");
        if (!third) {
            shop.version = release.split("/")[1];
            permanent = release;
        }
        eachLine.accept("installing " + release);
        history.add("{\"operation\": \"install\", \"outcome\": \"" + (third ? outcomeOfThird : "done")
                + "\", \"took_us\": 42000, \"figures\": {\"switch_us\": 7, \"suspended_us\": 1500},"
                + "\"problems\": ["
                + (third ? "{\"where\": \"ledger\", \"text\": \"never audited\"}" : "") + "]}");
        return third ? 1 : 0;
    }

    @Override
    public void close() {}
}
