// SPDX-License-Identifier: Apache-2.0
package io.theseus.framework.internal;

import io.theseus.framework.internal.Succession.Party;
import io.theseus.port.Belongings;
import io.theseus.release.Problem;
import io.theseus.release.RefusedException;
import java.io.IOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
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
    private final SharedConfigurations configurations;
    private final SharedData data;
    private final BelongingsLedger ledger;
    private final ConfigurationChanges changes;
    /** Whose older bundle has what the newer one wrote, and goes on. */
    private final Set<Pair> brought = new HashSet<>();

    private record Pair(long from, long to) {}

    @Activate
    public FrameworkBelongings(BundleContext context) {
        this(new Framework(context), DataAreas.onDisk());
    }

    FrameworkBelongings(Framework framework, DataAreas areas) {
        this.framework = framework;
        configurations = new SharedConfigurations(new ConfigurationLocations(framework));
        data = new SharedData(areas);
        ledger = new BelongingsLedger(BelongingsLedger.folder(framework));
        changes = new ConfigurationChanges(framework.own());
    }

    @Deactivate
    public void close() {
        changes.close();
    }

    @Override
    public void share(long from, long to) {
        brought.remove(new Pair(from, to));
        // Counted before anything is looked up: what changes while we look is for the next share.
        long at = changes.now();
        boolean known = !changes.since(from, to);
        if (known && isStillEmpty(from, to)) {
            return;
        }
        Bundle older = framework.bundle(from);
        Bundle newer = framework.bundle(to);
        Optional<Succession> before = known ? Optional.empty() : ledger.find(from, to);
        if (!known) {
            record(older, newer, before);
        }
        try {
            data.bring(older, newer);
        } catch (IOException e) {
            if (!known && before.isEmpty()) {
                ledger.find(from, to).ifPresent(this::forget);
            }
            throw refused(sharing(older, newer) + e.getMessage(), e);
        }
        if (!known) {
            ledger.find(from, to).ifPresent(succession -> changes.uncounted(() -> configurations.open(succession)));
            changes.saw(from, to, at);
        }
    }

    /** While callers wait it is so for most, of which there may be hundreds: to look the bundles up takes longer. */
    private boolean isStillEmpty(long from, long to) {
        try {
            return data.isStillEmpty(from, to);
        } catch (IOException e) {
            return false;
        }
    }

    /** Before anything is shared, and only when there is something new to write down: callers may wait. */
    private void record(Bundle older, Bundle newer, Optional<Succession> before) {
        Succession succession =
                configurations.complete(before.orElseGet(() -> Succession.between(older, newer)), older);
        if (before.equals(Optional.of(succession))) {
            return;
        }
        try {
            ledger.write(succession);
        } catch (IOException e) {
            throw refused(sharing(older, newer) + "the record can not be written: " + e, e);
        }
    }

    private static String sharing(Bundle older, Bundle newer) {
        return Framework.describe(older) + " can not share its data with " + newer.getVersion() + ": ";
    }

    @Override
    public void bringBack(long from, long to) {
        ledger.find(from, to).ifPresent(succession -> {
            bringDataBack(succession);
            brought.add(new Pair(from, to));
        });
    }

    @Override
    public void settle(long from, long to) {
        brought.remove(new Pair(from, to));
        data.forget(from, to);
        changes.forget(from, to);
        Optional<Succession> recorded = ledger.find(from, to);
        Optional<Succession> completed = framework
                .find(from)
                .map(older -> configurations.complete(
                        recorded.orElseGet(() -> Succession.between(older, framework.bundle(to))), older));
        completed.or(() -> recorded).ifPresent(this::settle);
    }

    private void settle(Succession succession) {
        configurations.settleBound(succession);
        if (find(succession.from()).isPresent() && !succession.dynamic().isEmpty()) {
            record(succession.withDynamicOnly());
            return;
        }
        configurations.settleDynamic(succession);
        forget(succession);
    }

    /** With {@code written}, to be called before the newer bundle is uninstalled: what it wrote goes with it. */
    @Override
    public void giveBack(long from, long to, boolean written) {
        ledger.find(from, to).ifPresent(succession -> {
            boolean has = brought.remove(new Pair(from, to));
            if (written && !has) {
                bringDataBack(succession);
            }
            if (written) {
                configurations.bringBack(succession);
            }
            configurations.giveBack(succession);
            data.forget(from, to);
            changes.forget(from, to);
            forget(succession);
        });
    }

    private void bringDataBack(Succession succession) {
        Optional<Bundle> older = find(succession.from());
        Optional<Bundle> newer = find(succession.to());
        if (older.isEmpty() || newer.isEmpty()) {
            return;
        }
        try {
            data.bring(newer.get(), older.get());
        } catch (IOException e) {
            String subject = "what " + succession.to().name() + " wrote can not be brought back to ";
            throw refused(subject + older.get().getVersion() + ": " + e.getMessage(), e);
        }
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
        configurations.giveBack(succession);
        if (newer.isEmpty()) {
            forget(succession);
        }
    }

    private Optional<Bundle> find(Party party) {
        return framework.find(party.id()).filter(bundle -> bundle.getLocation().equals(party.location()));
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
