// SPDX-License-Identifier: Apache-2.0
package io.theseus.shell.internal;

import io.theseus.release.ApplicationChange;
import io.theseus.release.ApplicationInfo;
import io.theseus.release.InstallOptions;
import io.theseus.release.PermanentOptions;
import io.theseus.release.Plan;
import io.theseus.release.Problem;
import io.theseus.release.Progress;
import io.theseus.release.RefusedException;
import io.theseus.release.ReleaseHandler;
import io.theseus.release.ReleaseId;
import io.theseus.release.ReleaseInfo;
import io.theseus.release.Report;
import io.theseus.release.Status;
import io.theseus.release.UnmanagedInfo;
import io.theseus.shell.internal.render.Samples;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Answers from {@link Samples}, and writes down every request that would change something. */
final class FakeReleaseHandler implements ReleaseHandler {
    final List<String> requests = new ArrayList<>();
    Report.Outcome outcome = Report.Outcome.DONE;
    List<Problem> planProblems = List.of();
    Optional<Problem> refusal = Optional.empty();
    /** Why nothing is unpacked. */
    Optional<Problem> existing = Optional.empty();

    ReleaseInfo unpacked = Samples.RELEASES.get(0);

    /** Class loaders that no collection takes away. */
    long leaked;

    Runnable afterProgress = () -> {};

    @Override
    public List<ReleaseInfo> releases() {
        return Samples.RELEASES;
    }

    @Override
    public ReleaseInfo find(String text) {
        return releases().stream()
                .filter(info -> info.release().id().toString().equals(text)
                        || info.release().id().version().toString().equals(text))
                .findFirst()
                .orElseThrow(() -> new RefusedException(Problem.of("no-such-release", text, "there is no such release")
                        .withHint("release:list shows them")));
    }

    @Override
    public ReleaseInfo unpack(URI source, List<String> features) {
        existing.ifPresent(problem -> {
            throw new RefusedException(problem);
        });
        return change(("unpack " + source + " " + String.join(" ", features)).strip(), unpacked);
    }

    @Override
    public ReleaseInfo setUnpacked(URI source, Path folder) {
        return change("set-unpacked " + source + " " + folder, Samples.RELEASES.get(0));
    }

    @Override
    public Plan plan(ReleaseId target) {
        return Samples.plan(planProblems);
    }

    @Override
    public Plan plan(ReleaseId from, ReleaseId target) {
        return Samples.plan(from, target, planProblems);
    }

    @Override
    public Report check(ReleaseId target, Progress progress) {
        return change("check " + target, Samples.report("check", outcome));
    }

    @Override
    public Report install(ReleaseId target, InstallOptions options, Progress progress) {
        progress.report("prepare", "5 bundles installed beside the old ones", Duration.ofMillis(412));
        progress.report("switch", "4 applications in 3 us", Duration.ofMillis(480));
        afterProgress.run();
        return change("install " + target + " " + options, Samples.report("install", outcome));
    }

    @Override
    public Report makePermanent(ReleaseId release, PermanentOptions options, Progress progress) {
        return change("make-permanent " + release + " " + options, Samples.report("make-permanent", outcome));
    }

    @Override
    public Report rollback(boolean loseState, Progress progress) {
        return change("rollback " + loseState, Samples.report("rollback", outcome));
    }

    @Override
    public Report rebootOld(ReleaseId release, Progress progress) {
        return change("reboot-old " + release, Samples.report("reboot-old", outcome));
    }

    @Override
    public void remove(ReleaseId release) {
        change("remove " + release, release);
    }

    @Override
    public Report collect(Progress progress) {
        return change("collect", Samples.collected(leaked));
    }

    @Override
    public ReleaseHandler because(String reason) {
        requests.add("because " + reason);
        return this;
    }

    @Override
    public Status status() {
        return Samples.STATUS;
    }

    @Override
    public List<Report> history() {
        return List.of(
                Samples.report(1, "install", Report.Outcome.UNDONE), Samples.report(2, "install", Report.Outcome.DONE));
    }

    @Override
    public List<ApplicationInfo> applications() {
        return Samples.APPLICATIONS;
    }

    @Override
    public List<UnmanagedInfo> unmanaged() {
        return Samples.UNMANAGED;
    }

    @Override
    public Report change(List<ApplicationChange> changes, InstallOptions options, Progress progress) {
        return change("change " + changes + " " + options, Samples.report("change", outcome));
    }

    @Override
    public Report eval(URI script, Optional<ReleaseId> target, InstallOptions options, Progress progress) {
        return change("eval " + script + " " + target + " " + options, Samples.report("eval", outcome));
    }

    @Override
    public Optional<String> activity() {
        return Optional.empty();
    }

    private <T> T change(String request, T answer) {
        requests.add(request);
        refusal.ifPresent(problem -> {
            throw new RefusedException(problem);
        });
        return answer;
    }
}
