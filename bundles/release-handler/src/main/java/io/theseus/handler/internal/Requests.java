// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal;

import io.theseus.handler.internal.eval.Asker;
import io.theseus.handler.internal.eval.Workers;
import io.theseus.handler.internal.store.Disk;
import io.theseus.release.ApplicationChange;
import io.theseus.release.ApplicationChange.Adopt;
import io.theseus.release.ApplicationInfo;
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
import io.theseus.release.Status;
import io.theseus.release.UnmanagedInfo;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * Every request of {@link ReleaseHandler}: who asks, on which thread it is done, and by which class. Decides nothing itself.
 *
 * <p>Thread safety: safe for use by many threads.
 */
class Requests implements ReleaseHandler, AutoCloseable {
    private final Workers workers;
    private final HandlerThread thread;
    private final Supplier<Asker> caller;
    private final Opening opening;

    Requests(Ports ports, Deciding deciding, Disk disk, Clock clock, Path folder) {
        this.workers = new Workers();
        this.thread = new HandlerThread();
        this.caller = new Caller("");
        this.opening =
                new Opening(early -> new Container(ports, deciding, disk, clock, folder, workers, early), thread);
        opening.trying().ifPresent(trying -> afterwards().follow(trying, workers));
        if (ports.requirements().isPresent()) {
            Telling.begin(thread, opening::open);
        }
    }

    private Requests(Requests other, String reason) {
        this.workers = other.workers;
        this.thread = other.thread;
        this.caller = new Caller(reason);
        this.opening = other.opening;
    }

    @Override
    public List<ReleaseInfo> releases() {
        return opening.container().releases().all();
    }

    @Override
    public ReleaseInfo find(String text) {
        return opening.container().releases().find(text);
    }

    @Override
    public ReleaseInfo unpack(URI source, List<String> features) {
        Asker who = caller.get();
        return run("unpack " + source, () -> unpacking(opening.container()).unpack("unpack", source, features, who));
    }

    @Override
    public ReleaseInfo setUnpacked(URI source, Path folder) {
        Asker who = caller.get();
        return run("set-unpacked " + source, () -> {
            Container container = opening.container();
            Fetching placed = new Fetching(container.deciding, new Placed(folder));
            return new Unpacking(container, placed).unpack("set-unpacked", source, List.of(), who);
        });
    }

    @Override
    public Plan plan(ReleaseId target) {
        return plan(opening.container().releases().current().release().id(), target);
    }

    @Override
    public Plan plan(ReleaseId base, ReleaseId target) {
        Container container = opening.container();
        Release from = container.releases().get(base).release();
        Release to = container.releases().get(target).release();
        return from.id().equals(to.id())
                ? Plans.nothing(to)
                : opening.plans().plan(from, to).planned().plan();
    }

    @Override
    public Report check(ReleaseId target, Progress progress) {
        Asker who = caller.get();
        return run("check " + target, () -> installing().check(target, who, progress));
    }

    @Override
    public Report install(ReleaseId target, InstallOptions options, Progress progress) {
        Asker who = caller.get();
        Report report = run("install " + target, () -> {
            endBake(
                    options,
                    target,
                    (from, to) -> opening.plans().plan(from, to).script(),
                    who,
                    progress);
            return installing().install("install", target, options, who, progress);
        });
        return afterwards().of(report, options, who, progress);
    }

    @Override
    public Report makePermanent(ReleaseId release, PermanentOptions options, Progress progress) {
        Asker who = caller.get();
        return run(
                "make-permanent " + release,
                () -> new MakingPermanent(opening.container()).makePermanent(release, options, who, progress));
    }

    @Override
    public Report rollback(boolean loseState, Progress progress) {
        Asker who = caller.get();
        return run("rollback", () -> rollingBack().rollback(loseState, Optional.empty(), who, progress));
    }

    @Override
    public Report rebootOld(ReleaseId release, Progress progress) {
        Asker who = caller.get();
        return run(
                "reboot-old " + release, () -> new RebootingOld(opening.container()).rebootOld(release, who, progress));
    }

    @Override
    public void remove(ReleaseId release) {
        Asker who = caller.get();
        run("remove " + release, () -> {
            new Removing(opening.container()).remove(release, who);
            return release;
        });
    }

    @Override
    public Report collect(Progress progress) {
        Asker who = caller.get();
        return run("collect", () -> new Collecting(opening.container()).collect(who, progress));
    }

    @Override
    public ReleaseHandler because(String reason) {
        return new Requests(this, reason);
    }

    @Override
    public Status status() {
        return new Views(opening.container()).status(thread.activity());
    }

    @Override
    public List<Report> history() {
        return opening.container().history();
    }

    @Override
    public List<ApplicationInfo> applications() {
        return new Views(opening.container()).applications();
    }

    @Override
    public List<UnmanagedInfo> unmanaged() {
        return Strangers.unmanaged(opening.container());
    }

    @Override
    public Report change(List<ApplicationChange> changes, InstallOptions options, Progress progress) {
        Asker who = caller.get();
        String name = Changing.name(changes);
        if (name.equals(Changing.ADOPT)) {
            List<Adopt> wanted = changes.stream().map(Adopt.class::cast).toList();
            Report report = run(name + " " + Changing.subject(changes), () -> {
                Container container = opening.container();
                return new Rebinding(container, opening.plans(), unpacking(container))
                        .adopt(wanted, options, who, progress);
            });
            return afterwards().of(report, options, who, progress);
        }
        Report report = run(name + " " + Changing.subject(changes), () -> {
            Container container = opening.container();
            Changing changing = new Changing(container, unpacking(container));
            ReleaseId derived = changing.derive(changes);
            try {
                endBake(
                        options,
                        derived,
                        (from, to) -> opening.plans().plan(from, to).script(),
                        who,
                        progress);
                return installing().install(name, derived, options, who, progress);
            } catch (RefusedException e) {
                changing.forget(derived);
                throw e;
            }
        });
        return afterwards().of(report, options, who, progress);
    }

    @Override
    public Report eval(URI source, Optional<ReleaseId> target, InstallOptions options, Progress progress) {
        Asker who = caller.get();
        Report report = run("eval " + source, () -> {
            Container container = opening.container();
            Evaluating script = Evaluating.of(source, container, opening.plans());
            Release from = container.releases().current().release();
            Release to =
                    target.map(id -> container.releases().get(id).release()).orElse(from);
            // Refused before the bake is ended, not after.
            script.fitting(from, to);
            endBake(options, to.id(), (current, next) -> {}, who, progress);
            return script.run(target, options, who, progress);
        });
        return target.isPresent() ? afterwards().of(report, options, who, progress) : report;
    }

    @Override
    public Optional<String> activity() {
        return thread.activity();
    }

    @Override
    public void close() {
        thread.close();
        workers.close();
    }

    /** Nothing is begun in a container that restarts, or must. */
    private <T> T run(String what, Callable<T> request) {
        return thread.run(what, () -> {
            Container container = opening.container();
            container.leaving().ifPresent(into -> {
                throw new RefusedException(Problem.of("busy", "", "the container restarts into " + into)
                        .withHint("wait until it is up again"));
            });
            container.broken().ifPresent(report -> {
                throw new RefusedException(
                        Problem.of("broken", "", "report " + report + " failed, and taking it back failed too")
                                .withHint("restart the container: it starts the permanent release"));
            });
            return request.call();
        });
    }

    private Afterwards afterwards() {
        return new Afterwards(opening, thread, this::run);
    }

    /** Installing on top of a release that bakes ends its bake: it counts as good. */
    private void endBake(
            InstallOptions options,
            ReleaseId target,
            BiConsumer<Release, Release> refusal,
            Asker who,
            Progress progress) {
        Container container = opening.container();
        ReleaseInfo current = container.releases().current();
        if (options.force() && current.status() == ReleaseStatus.CURRENT) {
            Release next = container.releases().get(target).release();
            // Refused before the bake is ended, not after.
            if (!next.id().equals(current.release().id())) {
                refusal.accept(current.release(), next);
            }
            new MakingPermanent(container)
                    .makePermanent(current.release().id(), PermanentOptions.DEFAULT, who, progress);
        }
    }

    private Installing installing() {
        return new Installing(opening.container(), opening.plans());
    }

    private RollingBack rollingBack() {
        return new RollingBack(opening.container(), opening.plans());
    }

    private static Unpacking unpacking(Container container) {
        return new Unpacking(container, new Fetching(container.deciding));
    }
}
