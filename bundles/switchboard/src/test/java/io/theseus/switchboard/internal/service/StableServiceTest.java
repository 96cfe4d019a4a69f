// SPDX-License-Identifier: Apache-2.0
package io.theseus.switchboard.internal.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.theseus.port.Switchboard.Incoming;
import io.theseus.switchboard.internal.call.Board;
import io.theseus.switchboard.internal.call.Traffic;
import io.theseus.switchboard.internal.stable.StableClass;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;

/** Who looks at a service is held up for the length of a release between any two of its looks at the lineup. */
class StableServiceTest {
    private static final long CONSUMER = 7;
    private static final long OLD = 1;
    private static final long NEW = 2;
    private static final Lineup OPEN = Lineup.FIRST.open(new Incoming(Map.of(OLD, NEW), Set.of(), Set.of(), Map.of()));
    private static final Lineup SWITCHED = OPEN.exchange(Set.of());
    private static final Lineup DROPPED = SWITCHED.drop();
    private static final List<Lineup> TIMES = List.of(Lineup.FIRST, OPEN, SWITCHED, DROPPED);

    private static final Raw OLD_ONE = raw(OLD);
    private static final Raw NEW_ONE = raw(NEW);

    private int looks;
    private int heldUpAfter;
    private Lineup before = Lineup.FIRST;
    private Lineup after = Lineup.FIRST;
    private final StableService service = service();

    private Lineup lineup() {
        Lineup seen = looks < heldUpAfter ? before : after;
        looks++;
        // What follows from the next lineup may be done before anything else is looked at.
        Lineup now = looks < heldUpAfter ? before : after;
        List<Raw> there = now.equals(Lineup.FIRST) ? List.of(OLD_ONE) : List.of(OLD_ONE, NEW_ONE);
        service.raws.clear();
        there.stream().filter(raw -> now.sides(raw.bundle) != 0).forEach(service.raws::add);
        return seen;
    }

    private StableService service() {
        Board board = new Board();
        return new StableService(
                1,
                OLD_ONE,
                board,
                new Traffic(board).application("store"),
                this::lineup,
                any -> true,
                StableClass.define(OLD_ONE.types));
    }

    private static Raw raw(long bundle) {
        ServiceReference<?> reference = (ServiceReference<?>) Proxy.newProxyInstance(
                StableServiceTest.class.getClassLoader(),
                new Class<?>[] {ServiceReference.class},
                (proxy, method, arguments) -> Constants.SCOPE_SINGLETON);
        ServiceKey key = new ServiceKey(Set.of(Runnable.class.getName()), Map.of());
        return new Raw(reference, bundle, "store", key, List.of(Runnable.class));
    }

    private void heldUp(Lineup from, Lineup to, int look) {
        before = from;
        after = to;
        looks = 0;
        heldUpAfter = look;
    }

    @Test
    void aServiceThatIsThereAllTheTimeIsOffered() {
        for (int from = 0; from < TIMES.size(); from++) {
            for (int to = from; to < TIMES.size(); to++) {
                for (int look = 0; look < 4; look++) {
                    heldUp(TIMES.get(from), TIMES.get(to), look);
                    assertThat(service.offered(CONSUMER))
                            .as("from %d to %d after look %d", from, to, look)
                            .isTrue();
                }
            }
        }
    }

    @Test
    void whatIsBehindItsRegistrationIsOfOneMoment() {
        for (int from = 0; from < TIMES.size(); from++) {
            for (int to = from; to < TIMES.size(); to++) {
                for (int look = 0; look < 4; look++) {
                    heldUp(TIMES.get(from), TIMES.get(to), look);
                    assertThat(service.behind().current())
                            .as("from %d to %d after look %d", from, to, look)
                            .isNotNull();
                }
            }
        }
    }
}
