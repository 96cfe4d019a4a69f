// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal;

import io.theseus.port.Snapshot;
import io.theseus.port.Snapshot.Installed;
import io.theseus.port.Switchboard.Line;
import io.theseus.release.ApplicationInfo;
import io.theseus.release.Status;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Answers questions from what is there. Changes nothing. Thread safety: safe for use by many threads. */
final class Views {
    private final Container container;

    Views(Container container) {
        this.container = container;
    }

    Status status(Optional<String> activity) {
        boolean two = container.kept().isPresent();
        return new Status(
                container.releases().permanent().release().id(),
                container.releases().current().release().id(),
                activity.orElse(
                        container.broken().isPresent() ? "broken: restart the container" : two ? "baking" : "idle"),
                container.baking().map(since -> Duration.between(since, container.clock.instant())),
                two ? container.ports.switchboard().busy() : List.of(),
                container.ports.code().unreclaimed());
    }

    List<ApplicationInfo> applications() {
        Snapshot snapshot = container.ports.code().snapshot();
        return container.ports.switchboard().applications().values().stream()
                .sorted(Comparator.comparing(Line::symbolicName))
                .map(line -> new ApplicationInfo(
                        line.symbolicName(),
                        version(snapshot, line.bundle()),
                        line.other().map(id -> version(snapshot, id)),
                        line.services(),
                        line.raw().isEmpty(),
                        String.join("; ", line.raw())))
                .toList();
    }

    private static String version(Snapshot snapshot, long id) {
        return snapshot.bundles().stream()
                .filter(b -> b.id() == id)
                .map(Installed::version)
                .map(Object::toString)
                .findFirst()
                .orElse("-");
    }
}
