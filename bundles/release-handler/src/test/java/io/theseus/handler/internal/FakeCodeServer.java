// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal;

import io.theseus.port.CodeServer;
import io.theseus.port.Snapshot;
import io.theseus.port.Snapshot.Installed;
import io.theseus.release.BundleSpec;
import io.theseus.release.Problem;
import io.theseus.release.RefusedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToIntFunction;

/** Bundles as numbers in a map. */
final class FakeCodeServer implements CodeServer {
    /** The start level of the container. */
    volatile int reached = 100;

    final Map<Long, Installed> bundles = new TreeMap<>();
    final Map<Long, List<Problem>> inactive = new HashMap<>();
    /** What is installed, by id. */
    final Map<Long, String> contents = new HashMap<>();
    /** Bundles whose content is not that of any release. */
    final Set<String> foreign = new HashSet<>();
    /** Bundles that are fragments when they are installed. */
    final Set<String> fragments = new HashSet<>();

    /** Bundles that could not be wired anew. */
    final Set<String> unmet = new HashSet<>();
    /** What does not go well when bundles are wired anew. */
    List<Problem> refreshed = List.of();

    /** Who uses services of whom. */
    final Map<Long, Set<Long>> callers = new HashMap<>();

    /** Why bundles stay as they are, by symbolic name. */
    final Map<String, String> sticky = new HashMap<>();

    final Set<String> resolved = new HashSet<>();
    /** Who is kept from whom. */
    String separated = "";
    /** Who is not started by others. */
    volatile Set<Long> barred = Set.of();
    /** What is heard of bundles. */
    final List<Disturbed> disturbed = new ArrayList<>();
    /** The next install does its work and fails all the same. */
    boolean failsAfterInstall;

    /** Loads classes. */
    ToIntFunction<String> loading = what -> 0;

    private final Log log;
    private long next = 10;

    /** Which look at what is there fails, counted from now; 0: none. */
    int failingLook;

    /** What something refers to, however often garbage is collected. */
    List<String> leaked = List.of();

    FakeCodeServer(Log log) {
        this.log = log;
    }

    @Override
    public synchronized Snapshot snapshot() {
        if (failingLook > 0 && --failingLook == 0) {
            throw new IllegalStateException("nothing is seen");
        }
        return new Snapshot(new ArrayList<>(bundles.values()), callers, sticky);
    }

    @Override
    public synchronized long install(BundleSpec bundle, Path file) {
        log.call("install " + bundle);
        if (!file.toFile().exists()) {
            throw new AssertionError(file + " is not in the store");
        }
        Optional<Installed> there = bundles.values().stream()
                .filter(b -> b.toString().equals(bundle.toString()))
                .findFirst();
        if (there.isPresent()) {
            if (foreign.contains(bundle.toString())) {
                throw new RefusedException(
                        Problem.of("does-not-install", "", bundle + " is installed with other content already"));
            }
            return there.get().id();
        }
        boolean taken = bundles.values().stream().anyMatch(b -> b.location().equals(bundle.location()));
        long id = next++;
        contents.put(id, content(file));
        bundles.put(
                id,
                new Installed(
                        id,
                        bundle.symbolicName(),
                        bundle.version(),
                        taken ? bundle.locationBeside() : bundle.location(),
                        false,
                        false,
                        bundle.startLevel(),
                        false,
                        Set.of(),
                        true,
                        fragments.contains(bundle.toString())));
        if (failsAfterInstall) {
            failsAfterInstall = false;
            throw new IllegalStateException("the start level can not be set");
        }
        return id;
    }

    @Override
    public synchronized long installAgain(BundleSpec bundle, long twin, Path file) {
        log.call("install again " + bundle);
        if (!bundle.toString().equals(String.valueOf(bundles.get(twin)))) {
            throw new AssertionError(twin + " is not " + bundle);
        }
        if (!holds(twin, file)) {
            throw new AssertionError(twin + " has another content");
        }
        return twin(bundle, twin, file);
    }

    @Override
    public synchronized long installAnother(BundleSpec bundle, Path file) {
        log.call("install another " + bundle);
        long there = bundles.values().stream()
                .filter(b -> b.toString().equals(bundle.toString()))
                .mapToLong(Installed::id)
                .findFirst()
                .orElseThrow();
        if (holds(there, file)) {
            throw new AssertionError(there + " has the same content");
        }
        return twin(bundle, there, file);
    }

    @Override
    public synchronized boolean holds(long bundle, Path file) {
        // What was there before has what its release says.
        return content(file).equals(contents.getOrDefault(bundle, content(file)));
    }

    private static String content(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private long twin(BundleSpec bundle, long twin, Path file) {
        long id = next++;
        contents.put(id, content(file));
        Installed there = bundles.get(twin);
        bundles.put(
                id,
                new Installed(
                        id,
                        bundle.symbolicName(),
                        bundle.version(),
                        there.location().equals(bundle.location()) ? bundle.locationBeside() : bundle.location(),
                        false,
                        false,
                        bundle.startLevel(),
                        false,
                        Set.of(),
                        there.application(),
                        false));
        if (failsAfterInstall) {
            failsAfterInstall = false;
            throw new IllegalStateException("the start level can not be set");
        }
        return id;
    }

    @Override
    public synchronized void separate(Set<Long> old, Set<Long> incoming) {
        separated = old + " | " + incoming;
    }

    @Override
    public synchronized void resolve(Collection<Long> ids) {
        log.call("resolve");
        ids.forEach(id -> resolved.add(bundles.get(id).toString()));
    }

    @Override
    public synchronized int load(long bundle, long like) {
        return loading.applyAsInt(bundles.get(bundle) + " like " + bundles.get(like));
    }

    @Override
    public synchronized void start(long id, Start how) {
        log.call("start " + bundles.get(id));
        if (barred.contains(id)) {
            throw new IllegalStateException(bundles.get(id) + " has a start level above the container's");
        }
        if (bundles.get(id).fragment()) {
            return;
        }
        set(id, true, how == Start.PERSISTENT || bundles.get(id).persistent());
    }

    @Override
    public synchronized void stop(long id) {
        log.call("stop " + bundles.get(id));
        set(id, false, bundles.get(id).persistent());
    }

    @Override
    public boolean reached(int startLevel) {
        return startLevel <= reached;
    }

    @Override
    public synchronized void persist(long id, Start how) {
        log.call("persist " + bundles.get(id));
        if (how == Start.PERSISTENT && !bundles.get(id).active()) {
            throw new IllegalStateException(bundles.get(id) + " is stopped");
        }
        set(id, bundles.get(id).active(), how == Start.PERSISTENT);
    }

    @Override
    public synchronized void bar(Set<Long> ids) {
        Set<Long> all = new HashSet<>(barred);
        ids.stream().filter(id -> !bundles.get(id).active()).forEach(all::add);
        barred = Set.copyOf(all);
    }

    @Override
    public synchronized void unbar(Set<Long> ids) {
        Set<Long> all = new HashSet<>(barred);
        ids.stream().filter(all::remove).forEach(id -> set(id, false, false));
        barred = Set.copyOf(all);
    }

    @Override
    public synchronized void uninstall(long id) {
        log.call("uninstall " + bundles.get(id));
        bundles.remove(id);
    }

    @Override
    public synchronized List<Problem> unmet(Set<Long> ids, Set<Long> gone) {
        return ids.stream()
                .map(bundles::get)
                .filter(bundle -> unmet.contains(bundle.toString()))
                .map(bundle -> Problem.of("does-not-resolve", "", bundle + " needs what goes"))
                .toList();
    }

    @Override
    public synchronized List<Problem> refresh(Set<Long> ids, Set<Long> gone, Duration limit) {
        log.call("refresh " + new TreeSet<>(ids) + " from " + new TreeSet<>(gone));
        return refreshed;
    }

    /** Wires bundles to another one's packages. */
    synchronized void wire(long provider, Set<Long> users) {
        Installed b = bundles.get(provider);
        bundles.put(
                provider,
                new Installed(
                        provider,
                        b.symbolicName(),
                        b.version(),
                        b.location(),
                        b.active(),
                        b.persistent(),
                        b.startLevel(),
                        b.hasData(),
                        users,
                        b.application(),
                        b.fragment()));
    }

    @Override
    public Map<Long, List<Problem>> inactiveComponents(Set<Long> bundles) {
        Map<Long, List<Problem>> found = new HashMap<>(inactive);
        found.keySet().retainAll(bundles);
        return found;
    }

    @Override
    public List<String> unreclaimed() {
        return List.of();
    }

    @Override
    public List<String> reclaim(Duration limit) {
        log.call("reclaim");
        return leaked;
    }

    @Override
    public Set<Long> working() {
        return Set.copyOf(bundles.keySet());
    }

    @Override
    public Watch watch() {
        disturbed.clear();
        return new Watch() {
            @Override
            public List<Disturbed> disturbed() {
                return List.copyOf(disturbed);
            }

            @Override
            public void close() {}
        };
    }

    synchronized List<String> active() {
        return bundles.values().stream()
                .filter(Installed::active)
                .map(Installed::toString)
                .sorted()
                .toList();
    }

    synchronized List<String> persistent() {
        return bundles.values().stream()
                .filter(Installed::persistent)
                .map(Installed::toString)
                .sorted()
                .toList();
    }

    /** What a restart of the JVM does. */
    synchronized void restart() {
        for (long id : List.copyOf(bundles.keySet())) {
            set(id, bundles.get(id).persistent(), bundles.get(id).persistent());
        }
    }

    long id(String text) {
        return bundles.values().stream()
                .filter(b -> b.toString().equals(text))
                .findFirst()
                .orElseThrow()
                .id();
    }

    private void set(long id, boolean active, boolean persistent) {
        Installed b = bundles.get(id);
        bundles.put(
                id,
                new Installed(
                        id,
                        b.symbolicName(),
                        b.version(),
                        b.location(),
                        active,
                        persistent,
                        b.startLevel(),
                        b.hasData(),
                        b.packageUsers(),
                        b.application(),
                        b.fragment()));
    }
}
