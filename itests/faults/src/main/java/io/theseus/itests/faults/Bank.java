// SPDX-License-Identifier: Apache-2.0
package io.theseus.itests.faults;

import io.theseus.itests.made.MadeBundle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The release {@code bank} in two versions, as files: six applications that change, one that goes, one that comes.
 *
 * <pre>
 *   bank.front ---> bank.accounts, bank.audit, bank.limits   stateful: what was posted, in memory and in the data area
 *              ---> bank.pricing                             stateless
 *              ---> bank.fax in 1.0.0, bank.chat in 2.0.0
 *   bank.mail                                               can not run twice, is restarted
 * </pre>
 *
 * <p>Every service is a {@code Function} of strings with the property {@code app}. To post is to give a caller's name to the front; it
 * answers the versions of all that took part. Each stateful one and the front answer {@code ?} with what they hold.
 */
public final class Bank {
    /** The application that callers use. */
    public static final String FRONT = "bank.front";

    public static final List<String> STATEFUL = List.of("bank.accounts", "bank.audit", "bank.limits");
    /** An application of its own. */
    static final String MAIL = "bank.mail";

    static final List<String> CHANGED =
            List.of("bank.accounts", "bank.audit", "bank.limits", "bank.pricing", MAIL, FRONT);

    private final Path folder;

    /** @param folder where the files are written */
    public Bank(Path folder) {
        this.folder = folder;
    }

    /** Writes the bundles of a version and its release file. */
    public URI write(String version) {
        boolean first = version.startsWith("1.");
        List<Path> files = new ArrayList<>();
        STATEFUL.forEach(name -> files.add(stateful(name, version).write(folder)));
        files.add(stateless("bank.pricing", version, Sources.PLAIN, "").write(folder));
        files.add(
                stateless(MAIL, version, Sources.SINGULAR, "immediate=\"true\"").write(folder));
        files.add(stateless(first ? "bank.fax" : "bank.chat", version, Sources.PLAIN, "")
                .write(folder));
        files.add(front(version, first ? "bank.fax" : "bank.chat").write(folder));
        String bundles = files.stream()
                .map(file -> "  - {location: \"" + file.toUri() + "\", role: application}\n")
                .collect(Collectors.joining());
        try {
            return Files.writeString(
                            folder.resolve("bank-" + version + ".yaml"),
                            "release: bank\nversion: " + version + "\nbundles:\n" + bundles)
                    .toUri();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes the bundle of a client that posts all the time; it is in no release. */
    public URI writeTeller() {
        return MadeBundle.of("bank.teller", "1.0.0")
                .source("bank.teller.Desk", Sources.TELLER.formatted("bank.teller"))
                .component(
                        "bank.teller.Desk",
                        "activate=\"activate\" deactivate=\"deactivate\" immediate=\"true\"",
                        "<reference name=\"front\" interface=\"java.util.function.Function\" target=\"(app=" + FRONT
                                + ")\" bind=\"bind\"/>")
                .write(folder)
                .toUri();
    }

    private MadeBundle stateful(String name, String version) {
        String type = name + ".Book";
        MadeBundle bundle = MadeBundle.of(name, version)
                .source(type, Sources.STATEFUL.formatted(name, version))
                .component(
                        type,
                        "activate=\"activate\"",
                        service(name, Map.of(), "java.util.function.Function", "io.theseus.api.CodeChange"));
        return changing(bundle, name, version, "update: " + type + "\n        timeout: 1s");
    }

    private MadeBundle stateless(String name, String version, String source, String attributes) {
        String type = name + ".Desk";
        MadeBundle bundle = MadeBundle.of(name, version)
                .source(type, source.formatted(name, version))
                .component(
                        type,
                        "activate=\"activate\" deactivate=\"deactivate\" " + attributes,
                        service(name, Map.of(), "java.util.function.Function"));
        String how = name.equals(MAIL) ? "restart_application" : "load_bundle";
        return CHANGED.contains(name) ? changing(bundle, name, version, how) : bundle;
    }

    private MadeBundle front(String version, String last) {
        List<String> partners = Stream.concat(
                        CHANGED.stream().filter(name -> !name.equals(FRONT) && !name.equals(MAIL)), Stream.of(last))
                .toList();
        String references = partners.stream()
                .map(name ->
                        "<reference name=\"%s\" interface=\"java.util.function.Function\" target=\"(app=%s)\" bind=\"bind\"/>"
                                .formatted(name, name))
                .collect(Collectors.joining());
        MadeBundle bundle = MadeBundle.of(FRONT, version)
                .source(FRONT + ".Desk", Sources.FRONT.formatted(FRONT, version))
                .component(
                        FRONT + ".Desk",
                        "activate=\"activate\"",
                        service(FRONT, Map.of(), "java.util.function.Function") + references);
        return changing(bundle, FRONT, version, "load_bundle");
    }

    /** With an appup that says how to change, and takes three steps of the application's own. */
    private static MadeBundle changing(MadeBundle bundle, String name, String version, String how) {
        String steps = Stream.of(1, 2, 3)
                .map(number -> "\n      - {apply: " + name + ".step, args: {number: " + number + "}}")
                .collect(Collectors.joining());
        String first = " \"[1,3)\"\n    do:\n      - " + how;
        // On the way down the newer version takes the steps, and a restarted one is stopped by then.
        String back = name.equals(MAIL) ? first : first + steps;
        return bundle.source(name + ".Step", Sources.STEP.formatted(name, version))
                .component(
                        name + ".Step",
                        "",
                        service(
                                "step of " + name,
                                Map.of("theseus.action", name + ".step"),
                                "io.theseus.api.UpgradeAction"))
                .entry(
                        "OSGI-INF/appup.yaml",
                        "version: " + version
                                + (version.startsWith("1.")
                                        ? "\n"
                                        : "\nup:\n  - from:" + first + steps + "\ndown:\n  - to:" + back + "\n"));
    }

    private static String service(String app, Map<String, String> properties, String... types) {
        String provided = Stream.of(types)
                .map(type -> "<provide interface=\"" + type + "\"/>")
                .collect(Collectors.joining());
        String more = properties.entrySet().stream()
                .map(each -> "<property name=\"" + each.getKey() + "\" value=\"" + each.getValue() + "\"/>")
                .collect(Collectors.joining());
        return "<property name=\"app\" value=\"" + app + "\"/>" + more + "<service>" + provided + "</service>";
    }
}
