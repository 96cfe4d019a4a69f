// SPDX-License-Identifier: Apache-2.0
package io.theseus.deployer.internal;

import io.theseus.api.Direction;
import io.theseus.release.ApplicationChange;
import io.theseus.release.ApplicationChange.Add;
import io.theseus.release.ApplicationChange.Remove;
import io.theseus.release.ApplicationChange.Replace;
import io.theseus.release.ApplicationInfo;
import io.theseus.release.BundleSpec;
import io.theseus.release.InstallOptions;
import io.theseus.release.PermanentOptions;
import io.theseus.release.Plan;
import io.theseus.release.Problem;
import io.theseus.release.Progress;
import io.theseus.release.RefusedException;
import io.theseus.release.Release;
import io.theseus.release.ReleaseHandler;
import io.theseus.release.ReleaseId;
import io.theseus.release.ReleaseInfo;
import io.theseus.release.ReleaseStatus;
import io.theseus.release.Report;
import io.theseus.release.Report.Outcome;
import io.theseus.release.Status;
import io.theseus.release.UnmanagedInfo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.osgi.framework.Version;

/**
 * Keeps releases as the real one does and runs nothing. A release file with the word {@code broken} in it is undone, one with
 * {@code senseless} is refused when it is unpacked, one with {@code unplanned} when it is planned.
 */
final class FakeHandler implements ReleaseHandler {
    private static final ReleaseId FIRST = ReleaseId.parse("container/0.0.0");
    final List<String> requests = new CopyOnWriteArrayList<>();
    final List<URI> read = new CopyOnWriteArrayList<>();
    final List<String> reasons = new CopyOnWriteArrayList<>();
    volatile int busy;
    volatile boolean inUse;
    volatile boolean restarts;
    /** Whether a bundle of no release can not be refreshed. */
    volatile boolean tied;

    /** An application that can not be removed. */
    volatile String keeps = "";

    volatile Runnable during = () -> {};
    private final Map<ReleaseId, ReleaseInfo> releases = new LinkedHashMap<>();
    private final Map<ReleaseId, String> texts = new LinkedHashMap<>();

    FakeHandler(BundleSpec... bundles) {
        put(new Release(FIRST, List.of(bundles)), ReleaseStatus.PERMANENT);
    }

    static BundleSpec application(String name, String version, String sha256) {
        return new BundleSpec(
                name, Version.parseVersion(version), "mvn:x/" + name, sha256, 80, BundleSpec.Role.APPLICATION);
    }

    synchronized void put(Release release, ReleaseStatus status) {
        releases.put(release.id(), new ReleaseInfo(release, status, Instant.EPOCH));
    }

    synchronized ReleaseId with(ReleaseStatus status) {
        return releases.values().stream()
                .filter(r -> r.status() == status)
                .map(r -> r.release().id())
                .findFirst()
                .orElse(FIRST);
    }

    /** What a restart of the container does. */
    synchronized void restart() {
        releases.replaceAll((id, info) -> info.status() == ReleaseStatus.CURRENT
                ? new ReleaseInfo(info.release(), ReleaseStatus.UNPACKED, info.since())
                : info);
    }

    synchronized String runs(String application) {
        return Known.of(this).application(application).orElseThrow().version().toString();
    }

    @Override
    public synchronized List<ReleaseInfo> releases() {
        return List.copyOf(releases.values());
    }

    @Override
    public synchronized ReleaseInfo unpack(URI source, List<String> features) {
        free();
        String text = text(source);
        requests.add("unpack " + Path.of(source).getFileName());
        if (text.contains("senseless")) {
            throw refused("bad-release-file", "this makes no sense");
        }
        ReleaseId id = new ReleaseId(
                first("(?:release: |features name=')([a-z]+)", text),
                Version.parseVersion(first("(?:version: |version=')([0-9.]+(?:SNAPSHOT)?)", text)));
        ReleaseInfo known = releases.get(id);
        if (known != null && text.equals(texts.get(id))) {
            return known;
        } else if (known != null
                && (!id.snapshot()
                        || (known.status() != ReleaseStatus.UNPACKED && known.status() != ReleaseStatus.OLD))) {
            throw refused("existing-release", id + " is known");
        }
        List<BundleSpec> bundles = new ArrayList<>();
        Matcher matcher = Pattern.compile("- (\\S+)").matcher(text);
        while (matcher.find()) {
            bundles.add(new BundleSpec(
                    "b" + bundles.size(),
                    id.version(),
                    source.resolve(matcher.group(1)).toString(),
                    Integer.toHexString(text.hashCode()),
                    80,
                    BundleSpec.Role.APPLICATION));
        }
        put(new Release(id, bundles), ReleaseStatus.UNPACKED);
        texts.put(id, text);
        return releases.get(id);
    }

    /** Wants the bundles of the sample archives to be there as in a Maven repository. */
    @Override
    public synchronized ReleaseInfo setUnpacked(URI source, Path folder) {
        if (!Files.exists(folder.resolve("acme/ledger/2.0.0/ledger-2.0.0.jar"))) {
            throw refused("missing-bundle", "there is no ledger");
        }
        read.add(source);
        return unpack(source);
    }

    @Override
    public synchronized Plan plan(ReleaseId target) {
        boolean unplanned = texts.getOrDefault(target, "").contains("unplanned");
        return new Plan(
                with(ReleaseStatus.PERMANENT),
                target,
                Direction.UP,
                List.of(),
                List.of(),
                List.of(),
                unplanned ? List.of(Problem.of("no-plan", "", "there is no way")) : List.of());
    }

    @Override
    public synchronized Report install(ReleaseId target, InstallOptions options, Progress progress) {
        free();
        requests.add("install " + target + refreshing(options.refresh()));
        during.run();
        return switched(
                "install", target, options, texts.getOrDefault(target, "").contains("broken"));
    }

    /** Refuses all of a step in which a file has the word {@code wrong}, and says which, or {@code bad}, and does not. */
    @Override
    public synchronized Report change(List<ApplicationChange> changes, InstallOptions options, Progress progress) {
        free();
        List<String> words = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        boolean broken = false;
        Map<String, BundleSpec> bundles = new LinkedHashMap<>();
        Known.of(this).running().orElseThrow().bundles().forEach(b -> bundles.put(b.symbolicName(), b));
        for (ApplicationChange change : changes) {
            if (change instanceof Remove remove) {
                words.add("REMOVE " + remove.application());
                if (remove.application().equals(keeps)) {
                    problems.add(Problem.of("library-changes", keeps, "audit is needed"));
                }
                bundles.remove(remove.application());
                continue;
            }
            URI bundle = change instanceof Replace replace ? replace.bundle() : ((Add) change).bundle();
            read.add(bundle);
            Content.Jar jar = (Content.Jar) Contents.of(Path.of(bundle));
            words.add((change instanceof Replace replace ? replace.direction() : "ADD") + " " + jar);
            if (text(bundle).contains("bad")) {
                problems.add(Problem.of("bad-appup", "", "something is bad"));
            } else if (text(bundle).contains("wrong")) {
                problems.add(Problem.of("no-plan", jar.symbolicName() + ".Accounts", "is wrong"));
            }
            broken |= text(bundle).contains("broken");
            bundles.put(
                    jar.symbolicName(),
                    new BundleSpec(
                            jar.symbolicName(),
                            jar.version(),
                            bundle.toString(),
                            sha(bundle),
                            80,
                            BundleSpec.Role.APPLICATION));
        }
        requests.add(String.join(", ", words));
        if (!problems.isEmpty()) {
            throw new RefusedException(problems);
        }
        during.run();
        Release running = Known.of(this).running().orElseThrow();
        ReleaseId id = new ReleaseId(running.id().name(), new Version(0, 0, 0, "q" + releases.size()));
        put(new Release(id, List.copyOf(bundles.values())), ReleaseStatus.UNPACKED);
        return switched("change", id, options, broken);
    }

    private Report switched(String operation, ReleaseId to, InstallOptions options, boolean broken) {
        if (broken) {
            return report(operation, to, Outcome.UNDONE, Problem.of("code-change-failed", "ledger", "it is broken"));
        }
        if (restarts) {
            return report(operation, to, Outcome.RESTARTING);
        }
        put(releases.get(to).release(), ReleaseStatus.CURRENT);
        if (options.makePermanent() && inUse) {
            return report(operation, to, Outcome.DONE, Problem.of("old-code-in-use", "", "a call is left"));
        } else if (options.makePermanent() && options.refresh() && tied) {
            return report(operation, to, Outcome.DONE, Problem.of("can-not-refresh", "stock", "offers services"));
        } else if (options.makePermanent()) {
            permanent(to);
        }
        return report(operation, to, Outcome.DONE);
    }

    synchronized void permanent(ReleaseId to) {
        releases.replaceAll((id, info) -> info.status() == ReleaseStatus.PERMANENT
                ? new ReleaseInfo(info.release(), ReleaseStatus.OLD, info.since())
                : info);
        put(releases.get(to).release(), ReleaseStatus.PERMANENT);
    }

    @Override
    public synchronized Report makePermanent(ReleaseId release, PermanentOptions options, Progress progress) {
        free();
        if (inUse) {
            throw refused("old-code-in-use", "a call is left");
        }
        requests.add("make-permanent " + release + refreshing(options.refresh()));
        permanent(release);
        return report("make-permanent", release, Outcome.DONE);
    }

    @Override
    public synchronized void remove(ReleaseId release) {
        free();
        requests.add("remove " + release);
        releases.remove(release);
        texts.remove(release);
    }

    @Override
    public ReleaseHandler because(String reason) {
        reasons.add(reason);
        return this;
    }

    private static String refreshing(boolean refresh) {
        return refresh ? " --refresh" : "";
    }

    private void free() {
        if (busy > 0) {
            busy--;
            throw refused("busy", "release handling is busy");
        }
    }

    private static Report report(String operation, ReleaseId to, Outcome outcome, Problem... problems) {
        return new Report(
                1,
                operation,
                FIRST,
                to,
                outcome,
                Instant.EPOCH,
                Duration.ZERO,
                "-",
                "",
                Map.of(),
                List.of(),
                List.of(problems));
    }

    private static RefusedException refused(String code, String text) {
        return new RefusedException(Problem.of(code, "", text));
    }

    private static String first(String pattern, String text) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        if (!matcher.find()) {
            throw refused("bad-release-file", "it does not say " + pattern);
        }
        return matcher.group(1);
    }

    private static String text(URI source) {
        try {
            return new String(Files.readAllBytes(Path.of(source)), java.nio.charset.StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sha(URI file) {
        try {
            return Digest.of(Path.of(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public ReleaseInfo find(String text) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Plan plan(ReleaseId from, ReleaseId target) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Report check(ReleaseId target, Progress progress) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Report rollback(boolean loseState, Progress progress) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Report rebootOld(ReleaseId release, Progress progress) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Report collect(Progress progress) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Status status() {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Report> history() {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<ApplicationInfo> applications() {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<UnmanagedInfo> unmanaged() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Report eval(URI script, Optional<ReleaseId> target, InstallOptions options, Progress progress) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<String> activity() {
        return Optional.empty();
    }
}
