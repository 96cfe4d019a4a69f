// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal;

import java.nio.file.Path;
import java.util.function.UnaryOperator;

/**
 * A folder into which somebody has put the files that a release names: {@code mvn:org.acme/ledger/2.0.0} is
 * {@code ledger-2.0.0.jar}, and of a URL the last part of its path counts.
 */
record Placed(Path folder) implements UnaryOperator<String> {
    @Override
    public String apply(String location) {
        return folder.resolve(name(location)).toUri().toString();
    }

    private static String name(String location) {
        String[] maven = location.substring(location.lastIndexOf('!') + 1).split("/", -1);
        if (location.startsWith("mvn:") && maven.length >= 3) {
            String type = maven.length > 3 && !maven[3].isEmpty() ? maven[3] : "jar";
            String classifier = maven.length > 4 ? "-" + maven[4] : "";
            return maven[1] + "-" + maven[2] + classifier + "." + type;
        }
        String path = location.replaceAll("[?#].*", "");
        return path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf(':')) + 1);
    }
}
