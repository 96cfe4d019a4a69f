// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal.store;

import io.theseus.release.InstallOptions;
import io.theseus.release.Problem;
import io.theseus.release.RefusedException;
import io.theseus.release.ReleaseId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file {@code TRIAL}: how an install goes on after a restart. It counts only while {@code RELEASES} has a release that is tmp_current. Thread
 * safety: used by one thread at a time.
 */
public final class TrialFile {
    private static final Logger LOG = LoggerFactory.getLogger(TrialFile.class);
    private static final Duration LONGEST = Duration.ofDays(366);
    private final Path file;
    private final Disk disk;

    public TrialFile(Path folder, Disk disk) {
        this.file = folder.resolve("TRIAL");
        this.disk = disk;
    }

    /** @throws RefusedException {@code store} */
    public void write(Trial trial) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            disk.replace(file, Json.page(print(trial)).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new RefusedException(Problem.of("store", file.toString(), "can not be written: " + e.getMessage())
                    .withHint("make room, or let the container write there"));
        }
    }

    /** The trial to begin now, marked as tried on disk; empty when there is none, it was tried, or that can not be recorded. */
    public Optional<Trial> begin(ReleaseId from, ReleaseId to) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            Trial trial = read(new Fields(Json.read(Files.readString(file))));
            if (trial.tried() || !trial.from().equals(from) || !trial.to().equals(to)) {
                return Optional.empty();
            }
            write(trial.begun());
            return Optional.of(trial);
        } catch (IOException | IllegalArgumentException | DateTimeException | RefusedException e) {
            LOG.error("{} can not be used, and {} is not tried: {}", file, to, e.getMessage());
            return Optional.empty();
        }
    }

    /** One that stays counts for nothing. */
    public void delete() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.debug("{} stays", file, e);
        }
    }

    private static Map<String, Object> print(Trial trial) {
        InstallOptions options = trial.options();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("format", ReleasesFile.FORMAT);
        fields.put("from", trial.from().toString());
        fields.put("to", trial.to().toString());
        fields.put("tried", trial.tried());
        fields.put("report", trial.report());
        fields.put("who", trial.who());
        fields.put("reason", trial.reason());
        options.bake().ifPresent(bake -> fields.put("bake", bake.toString()));
        fields.put("permanent", options.makePermanent());
        fields.put("refresh", options.refresh());
        fields.put("limit", options.restartLimit().toString());
        fields.put("script", trial.script());
        fields.put("ailments", trial.ailments());
        return fields;
    }

    private static Trial read(Fields fields) {
        ReleasesFile.checkFormat(fields);
        InstallOptions options = InstallOptions.DEFAULT.withRestartLimit(duration(fields, "limit"));
        if (fields.values().containsKey("bake")) {
            options = options.withBake(duration(fields, "bake"));
        }
        if (fields.flag("permanent")) {
            options = options.thenPermanent();
        }
        if (fields.values().containsKey("refresh") && fields.flag("refresh")) {
            options = options.refreshing();
        }
        return new Trial(
                ReleaseId.parse(fields.text("from")),
                ReleaseId.parse(fields.text("to")),
                fields.number("report"),
                fields.text("who"),
                fields.text("reason"),
                options,
                fields.texts("script"),
                fields.texts("ailments"),
                fields.flag("tried"));
    }

    private static Duration duration(Fields fields, String name) {
        Duration duration = Duration.parse(fields.text(name));
        if (duration.isNegative() || duration.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("'" + name + "' is " + duration + ", not between 0 and a year");
        }
        return duration;
    }
}
