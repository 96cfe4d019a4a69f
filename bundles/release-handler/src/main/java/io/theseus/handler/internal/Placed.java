// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/**
 * A folder into which somebody has put the files that a release names: {@code mvn:org.acme/ledger/2.0.0} is
 * {@code org/acme/ledger/2.0.0/ledger-2.0.0.jar} or only {@code ledger-2.0.0.jar}, and of a URL the last part of its path counts.
 */
record Placed(Path folder) implements UnaryOperator<String> {
    @Override
    public String apply(String location) {
        String[] maven = location.substring(location.lastIndexOf('!') + 1).split("/", -1);
        if (location.startsWith("mvn:") && maven.length >= 3) {
            String group = maven[0].replaceFirst("^mvn:", "").replace('.', '/');
            String name = name(maven);
            Path laidOut = folder.resolve(String.join("/", group, maven[1], maven[2], name));
            return (Files.exists(laidOut) ? laidOut : folder.resolve(name))
                    .toUri()
                    .toString();
        }
        String path = location.replaceAll("[?#].*", "");
        return folder.resolve(path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf(':')) + 1))
                .toUri()
                .toString();
    }

    private static String name(String[] maven) {
        String type = maven.length > 3 && !maven[3].isEmpty() ? maven[3] : "jar";
        String classifier = maven.length > 4 ? "-" + maven[4] : "";
        return maven[1] + "-" + maven[2] + classifier + "." + type;
    }
}
