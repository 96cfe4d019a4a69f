// SPDX-License-Identifier: Apache-2.0
package io.theseus.deployer.internal;

import io.theseus.deployer.internal.Content.Jar;
import io.theseus.deployer.internal.Content.Unreadable;
import io.theseus.deployer.internal.Folder.How;
import io.theseus.release.DeployFolder;
import io.theseus.release.RefusedException;
import io.theseus.release.ReleaseHandler;
import io.theseus.release.ReleaseStatus;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.felix.fileinstall.ArtifactInstaller;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the watcher of a folder asks and tells: which files are ours, and what happened to them. Its thread only leaves the news here.
 *
 * <p>Ranked above Karaf's own deployers: the first that can handle a file gets it. Thread safety: safe for use by many threads.
 */
@Component(
        service = {ArtifactInstaller.class, DeployFolder.class},
        immediate = true,
        configurationPid = "io.theseus.deployer",
        property = "service.ranking:Integer=1000")
public final class FolderInstaller implements ArtifactInstaller, DeployFolder {
    private static final Logger LOG = LoggerFactory.getLogger("io.theseus.deployer");
    private final ReleaseHandler handler;
    private final Told told;
    private final Answered answered;
    private final Rounds rounds;
    private volatile Policy policy;

    /**
     * How long to wait for what.
     *
     * @param leaving for the last calls in old code: asking for them keeps the handler busy for a while
     */
    record Times(Duration gathering, Duration again, Duration quiet, Duration busy, Duration leaving) {
        static final Times USUAL = new Times(
                Duration.ofMillis(500),
                Duration.ofSeconds(2),
                Duration.ofSeconds(3),
                Duration.ofMillis(500),
                Duration.ofSeconds(30));
    }

    @Activate
    public FolderInstaller(@Reference ReleaseHandler handler, Map<String, Object> properties) {
        this(handler, properties, records(), staging(), Times.USUAL, InstantSource.system());
    }

    FolderInstaller(
            ReleaseHandler handler,
            Map<String, ?> properties,
            Path records,
            Path staging,
            Times times,
            InstantSource clock) {
        this.handler = handler;
        this.policy = Policy.of(properties, FolderInstaller::complain);
        AtomicBoolean ended = new AtomicBoolean();
        Requests requests = new Requests(handler, times.busy(), ended::get);
        this.answered = new Answered(records);
        this.told = new Told(answered, () -> policy);
        Staging files = new Staging(staging);
        Acting acting = new Acting(requests, answered, files, times.leaving(), clock);
        Quiet quiet = new Quiet(times.quiet(), clock);
        Leaving leaving = new Leaving(requests, answered, acting, told, quiet, clock, () -> policy);
        Folder folder = new Folder(requests, answered, acting, files, told, quiet, leaving, () -> policy);
        this.rounds = new Rounds(folder, told, times.gathering(), times.again(), ended);
        answered.missing().forEach(this::missing);
    }

    /** Nobody reports what was taken away while the container was down. */
    private void missing(Path path, Answered.Entry entry) {
        Answer.State state = entry.answer().state();
        if (state == Answer.State.STAYS || state == Answer.State.BY_HAND) {
            told.leaves(Item.gone(path, entry.sha256(), entry.stamp()), entry.answer());
        } else {
            rounds.report(path, How.GONE);
        }
    }

    @Modified
    void policy(Map<String, Object> properties) {
        policy = Policy.of(properties, FolderInstaller::complain);
    }

    @Deactivate
    void close() {
        rounds.close();
    }

    @Override
    public boolean canHandle(File file) {
        Path path = file.toPath();
        if (RefusedFile.is(path)) {
            return true;
        }
        try {
            Content content = Contents.of(path);
            // While one of ours is being written over it is still ours.
            return content instanceof Unreadable ? told.at(path).isPresent() : Claims.ours(content, Known.of(handler));
        } catch (RefusedException e) {
            LOG.debug("{} goes the usual way: {}", file.getName(), e.getMessage());
            return false;
        }
    }

    @Override
    public void install(File file) {
        Path path = file.toPath();
        if (!RefusedFile.is(path)) {
            rounds.report(path, How.NEW);
        } else if (RefusedFile.about(path)
                .filter(about -> Files.exists(about) || stays(about))
                .isEmpty()) {
            rounds.report(RefusedFile.about(path).orElse(path), How.GONE);
        }
    }

    @Override
    public void update(File file) {
        Path path = file.toPath();
        if (!RefusedFile.is(path)) {
            rounds.report(path, How.CHANGED);
        }
    }

    @Override
    public void uninstall(File file) {
        Path path = file.toPath();
        if (RefusedFile.is(path)) {
            RefusedFile.about(path).filter(this::refused).ifPresent(about -> rounds.report(about, How.CHANGED));
            return;
        }
        rounds.report(path, How.GONE);
        if (file.exists()) {
            // No application any more, but a plain bundle, or it is ours no longer. The watcher takes it only when it
            // changes.
            touch(path);
        }
    }

    /** Without the small file: somebody wants it tried again. */
    private boolean refused(Path path) {
        return stays(path)
                || (Files.exists(path)
                        && told.at(path)
                                .filter(e -> e.answer().state() == Answer.State.REFUSED)
                                .isPresent());
    }

    private boolean stays(Path path) {
        return told.at(path)
                .filter(e -> e.answer().state() == Answer.State.STAYS)
                .isPresent();
    }

    @Override
    public List<Unsettled> unsettled() {
        return told.all().stream()
                .filter(e -> e.answer().state() != Answer.State.DONE)
                .filter(e -> e.answer().state() != Answer.State.BY_HAND || open(e))
                .map(e -> new Unsettled(
                        e.item().path().toString(),
                        e.answer().state() == Answer.State.REFUSED || e.answer().state() == Answer.State.STAYS,
                        e.answer().text()))
                .toList();
    }

    private boolean open(Told.Entry entry) {
        Known known = Known.of(handler);
        return entry.answer()
                .release()
                .map(id -> known.release(id)
                        .filter(r -> r.status() == ReleaseStatus.UNPACKED || r.status() == ReleaseStatus.CURRENT)
                        .isPresent())
                .orElseGet(() -> !(entry.item().content() instanceof Jar jar
                        && Deciding.runs(jar, entry.item().sha256(), known)));
    }

    private static void touch(Path path) {
        try {
            Files.setLastModifiedTime(path, FileTime.fromMillis(System.currentTimeMillis()));
        } catch (IOException e) {
            LOG.warn("{} is no release and no application any more, and is not looked at until it changes", path);
        }
    }

    private static void complain(String what) {
        LOG.warn("etc/io.theseus.deployer.cfg: {}", what);
    }

    // Outside of data, which Karaf may wipe.
    private static Path records() {
        return Path.of(System.getProperty(
                        "theseus.releases", Path.of(base(), "releases").toString()))
                .resolve("DEPLOYED");
    }

    private static Path staging() {
        return Path.of(System.getProperty("karaf.data", Path.of(base(), "data").toString()))
                .resolve("theseus-deployer");
    }

    private static String base() {
        return System.getProperty("karaf.base", System.getProperty("user.dir", "."));
    }
}
