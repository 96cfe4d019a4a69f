// SPDX-License-Identifier: Apache-2.0
package io.theseus.itests.faults;

import io.theseus.itests.made.MadeBundle;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The release {@code till}, as files: the library {@code money}, whose versions change, and the application {@code ledger}, which stays in its
 * version and uses it. {@code stays} uses it too and is of no release. Both answer with the version of the library they are wired to.
 */
final class Till {
    private static final String MONEY = """
            package money;
            public class Money { public static String version() { return "%s"; } }
            """;
    private static final String DESK = """
            package ledger;
            public class Desk implements java.util.function.Function<String, String> {
              public String apply(String any) { return money.Money.version(); }
            }
            """;
    private static final String STAYS = """
            package stays;
            public class Stays implements org.osgi.framework.BundleActivator, java.util.function.Function<String, String> {
              public String apply(String any) { return money.Money.version(); }
              public void start(org.osgi.framework.BundleContext context) {
                context.registerService(java.util.function.Function.class, this,
                    org.osgi.framework.FrameworkUtil.asDictionary(java.util.Map.of("app", "stays")));
              }
              public void stop(org.osgi.framework.BundleContext context) {}
            }
            """;

    private final Path folder;

    Till(Path folder) {
        this.folder = folder;
    }

    /** @param version of the release and of the library */
    URI write(String version) throws IOException {
        MadeBundle money = MadeBundle.of("money", version)
                .source("money.Money", MONEY.formatted(version))
                .header("Export-Package", "money;version=1.0.0");
        MadeBundle ledger = user("ledger")
                .source("ledger.Desk", DESK)
                .component(
                        "ledger.Desk",
                        "",
                        "<property name=\"app\" value=\"ledger\"/><service><provide interface=\"java.util.function.Function\"/></service>");
        String bundles =
                List.of(
                                "library " + money.write(folder).toUri(),
                                "application " + ledger.write(folder).toUri())
                        .stream()
                        .map(each -> each.split(" "))
                        .map(each -> "  - {location: \"" + each[1] + "\", role: " + each[0] + "}\n")
                        .collect(Collectors.joining());
        return Files.writeString(
                        folder.resolve("till-" + version + ".yaml"),
                        "release: till\nversion: " + version + "\nbundles:\n" + bundles)
                .toUri();
    }

    URI writeOutsider() {
        return user("stays").activator("stays.Stays", STAYS).write(folder).toUri();
    }

    private static MadeBundle user(String name) {
        return MadeBundle.of(name, "1.0.0")
                .against("money.Money", MONEY.formatted(""))
                .header("Import-Package", "org.osgi.framework,money");
    }
}
