// SPDX-License-Identifier: Apache-2.0
package io.theseus.framework.internal;

import io.theseus.framework.internal.Succession.Party;
import io.theseus.port.Belongings;
import io.theseus.release.Problem;
import io.theseus.release.RefusedException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Belongings, over data areas and the location of configurations.
 *
 * <pre>
 *                        bound to the older    unbound, in use by the older    data area
 * share                  ?                     ?                               newer gets what older has
 * settle                 newer's location      unbound                         -
 * give back              older's location      unbound                         older gets what newer wrote, if wanted
 * </pre>
 *
 * <p>Other unbound configurations and those open to anybody need nothing. The values are the same for both versions
 * throughout: configurations have one content. {@link #settle} should come after the older bundle has gone: until then what was
 * unbound stays open to anybody, because the framework would give it to the older one.
 */
@Component(service = Belongings.class)
public final class FrameworkBelongings implements Belongings {
    private static final Logger LOG = LoggerFactory.getLogger(FrameworkBelongings.class);
    private static final String CODE = "belongings";

    private final Framework framework;
    private final ConfigurationLocations configurations;
    private final BelongingsLedger ledger;
    private final DataAreas areas;
    /** Not on disk: what is left after a crash is given back without data. */
    private final Map<Set<Long>, AreaContents> agreed = new HashMap<>();

    @Activate
    public FrameworkBelongings(BundleContext context) {
        this(new Framework(context), DataAreas.onDisk());
    }

    FrameworkBelongings(Framework framework, DataAreas areas) {
        this.framework = framework;
        this.areas = areas;
        configurations = new ConfigurationLocations(framework);
        ledger = new BelongingsLedger(BelongingsLedger.folder(framework));
    }

    @Override
    public void share(long from, long to) {
        Bundle older = framework.bundle(from);
        Bundle newer = framework.bundle(to);
        Optional<Succession> before = ledger.find(from, to);
        Succession succession = before.orElseGet(() -> Succession.between(older, newer))
                .with(configurations.bound(older.getLocation()), configurations.dynamic(older.getLocation()));
        String subject = Framework.describe(older) + " can not share its data with " + newer.getVersion();
        try {
            ledger.write(succession);
        } catch (IOException e) {
            throw refused(subject + ": it can not be recorded in " + e.getMessage(), e);
        }
        try {
            bring(older, newer);
        } catch (IOException e) {
            if (before.isEmpty()) {
                forget(succession);
            }
            throw refused(subject + ": " + e.getMessage(), e);
        }
        Set<String> wherever = Set.of(older.getLocation());
        succession.bound().forEach(pid -> open(pid, wherever));
        succession.dynamic().forEach(pid -> open(pid, wherever));
    }

    private void open(String pid, Set<String> from) {
        configurations.move(pid, from, Optional.of(ConfigurationLocations.ANYBODY));
    }

    @Override
    public void settle(long from, long to) {
        agreed.remove(Set.of(from, to));
        Optional<Succession> recorded = ledger.find(from, to);
        Optional<Succession> here = framework
                .find(from)
                .map(older -> recorded.orElseGet(() -> Succession.between(older, framework.bundle(to)))
                        .with(configurations.bound(older.getLocation()), configurations.dynamic(older.getLocation())));
        here.or(() -> recorded).ifPresent(this::settle);
    }

    private void settle(Succession succession) {
        Set<String> from =
                Set.of(ConfigurationLocations.ANYBODY, succession.from().location());
        succession
                .bound()
                .forEach(pid -> configurations.move(
                        pid, from, Optional.of(succession.to().location())));
        if (find(succession.from()).isEmpty()) {
            succession
                    .dynamic()
                    .forEach(pid -> configurations.move(pid, Set.of(ConfigurationLocations.ANYBODY), Optional.empty()));
            forget(succession);
        } else if (succession.dynamic().isEmpty()) {
            forget(succession);
        } else {
            record(succession.withDynamicOnly());
        }
    }

    @Override
    public void giveBack(long from, long to, boolean written) {
        Optional<Succession> recorded = ledger.find(from, to);
        if (recorded.isEmpty()) {
            return;
        }
        Optional<Bundle> older = framework.find(from);
        Optional<Bundle> newer = framework.find(to);
        if (written && older.isPresent() && newer.isPresent()) {
            try {
                bring(newer.get(), older.get());
            } catch (IOException e) {
                throw refused(
                        "what " + Framework.describe(newer.get()) + " wrote can not be brought back to "
                                + older.get().getVersion() + ": " + e.getMessage(),
                        e);
            }
            String mine = newer.get().getLocation();
            configurations
                    .bound(mine)
                    .forEach(pid -> configurations.move(
                            pid, Set.of(mine), Optional.of(older.get().getLocation())));
        }
        giveBack(recorded.get());
        agreed.remove(Set.of(from, to));
        forget(recorded.get());
    }

    private void giveBack(Succession succession) {
        Set<String> from =
                Set.of(ConfigurationLocations.ANYBODY, succession.to().location());
        succession
                .bound()
                .forEach(pid -> configurations.move(
                        pid, from, Optional.of(succession.from().location())));
        succession.dynamic().forEach(pid -> configurations.move(pid, from, Optional.empty()));
    }

    /**
     * Settles where the newer bundle was already made permanent (it starts with the container, or the older one is gone), and gives back
     * everything else, without data. What was given back stays recorded while the newer bundle is there, so that it can still be settled.
     */
    @Override
    public void recover() {
        if (!configurations.available()) {
            LOG.warn("no configuration admin is there; what was shared is given back at the next start");
            return;
        }
        try {
            ledger.all().forEach(this::recover);
        } catch (IOException e) {
            throw new IllegalStateException("the records of shared belongings can not be read: " + e.getMessage(), e);
        }
    }

    private void recover(Succession succession) {
        Optional<Bundle> newer = find(succession.to());
        boolean permanent = newer.map(
                        bundle -> bundle.adapt(BundleStartLevel.class).isPersistentlyStarted())
                .orElse(false);
        if (newer.isPresent() && (permanent || find(succession.from()).isEmpty())) {
            settle(succession);
            return;
        }
        giveBack(succession);
        if (newer.isPresent()) {
            record(succession.givenBack());
        } else {
            forget(succession);
        }
    }

    private Optional<Bundle> find(Party party) {
        return framework.find(party.id()).filter(bundle -> bundle.getLocation().equals(party.location()));
    }

    private void bring(Bundle source, Bundle target) throws IOException {
        Optional<Path> from = DataAreas.of(source);
        Optional<Path> to = DataAreas.of(target);
        if (from.isPresent() && to.isPresent()) {
            Set<Long> pair = Set.of(source.getBundleId(), target.getBundleId());
            Optional<AreaContents> before = Optional.ofNullable(agreed.get(pair));
            agreed.put(pair, areas.bring(from.get(), to.get(), before));
        }
    }

    /** A record that stays too long is recovered once more at the next start, which changes nothing. */
    private void forget(Succession succession) {
        try {
            ledger.remove(succession);
        } catch (IOException e) {
            LOG.warn("the record of what {} shared stays: {}", succession.from().name(), e.getMessage());
        }
    }

    private void record(Succession succession) {
        try {
            ledger.write(succession);
        } catch (IOException e) {
            LOG.warn(
                    "the record of what {} shared stays as it was: {}",
                    succession.from().name(),
                    e.getMessage());
        }
    }

    private static RefusedException refused(String fact, IOException cause) {
        RefusedException refused = new RefusedException(
                Problem.of(CODE, "", fact).withHint("make room, or see what the file system says"));
        refused.addSuppressed(cause);
        return refused;
    }
}
