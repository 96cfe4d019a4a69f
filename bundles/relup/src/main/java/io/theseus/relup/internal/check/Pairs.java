// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup.internal.check;

import io.theseus.api.Direction;
import io.theseus.relup.Instruction;
import io.theseus.relup.Instruction.Suspend.Suspended;
import io.theseus.relup.Place;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Pass 4 of OTP's translation, consistency: what is loaded has a {@code load_object_code}, what is suspended is resumed afterwards and the other
 * way round, what is stopped is started afterwards or removed, and a state is handed over between suspend and resume. (OTP has
 * the last check too, but its pattern never matches.)
 */
public final class Pairs implements Instruction.Visitor<Pairs> {
    private final List<Finding> findings = new ArrayList<>();
    private final Map<String, Place> suspended = new LinkedHashMap<>();
    private final Map<String, Place> stopped = new LinkedHashMap<>();
    private final Set<String> prepared = new HashSet<>();
    /** Applications whose old version has been stopped by now. */
    private final Set<String> gone = new HashSet<>();
    /** Applications whose new version is started later. */
    private final Set<String> asleep = new HashSet<>();

    private Place place = Place.GENERATED;

    private Pairs() {}

    public static List<Finding> findings(List<Placed> instructions) {
        Pairs pairs = new Pairs();
        for (Placed placed : instructions) {
            if (placed.instruction() instanceof Instruction.LoadObjectCode load) {
                pairs.prepared.add(load.application());
            } else if (placed.instruction() instanceof Instruction.Start start) {
                start.targets().forEach(t -> pairs.asleep.add(t.application()));
            }
        }
        for (Placed placed : instructions) {
            pairs.place = placed.place();
            placed.instruction().accept(pairs);
        }
        pairs.suspended.forEach((name, at) ->
                pairs.findings.add(new Finding(at, "'" + name + "' is suspended and not resumed", "add a resume")));
        pairs.stopped.forEach((name, at) ->
                pairs.findings.add(new Finding(at, "'" + name + "' is stopped and not started", "add a start")));
        return pairs.findings;
    }

    private static String name(Suspended target) {
        return target.application() + target.component().map(c -> "/" + c).orElse("");
    }

    private void find(String text, String hint) {
        findings.add(new Finding(place, text, hint));
    }

    @Override
    public Pairs suspend(Instruction.Suspend instruction) {
        for (Suspended target : instruction.targets()) {
            if (suspended.put(name(target), place) != null) {
                find("'" + name(target) + "' is suspended twice", "keep one");
            }
        }
        return this;
    }

    @Override
    public Pairs resume(Instruction.Resume instruction) {
        for (Suspended target : instruction.targets()) {
            if (suspended.remove(name(target)) == null) {
                find("'" + name(target) + "' is resumed and was not suspended before", "add a suspend before");
            }
        }
        return this;
    }

    @Override
    public Pairs codeChange(Instruction.CodeChange instruction) {
        for (Instruction.CodeChange.Handover handover : instruction.handovers()) {
            String name = handover.application() + "/" + handover.component();
            if (!suspended.containsKey(name)) {
                find("'" + name + "' hands its state over and is not suspended", "suspend it before, resume it after");
            }
        }
        return this;
    }

    @Override
    public Pairs stop(Instruction.Stop instruction) {
        gone.addAll(instruction.applications());
        for (String application : instruction.applications()) {
            if (stopped.put(application, place) != null) {
                find("'" + application + "' is stopped twice", "keep one");
            }
        }
        return this;
    }

    @Override
    public Pairs start(Instruction.Start instruction) {
        for (Instruction.Start.Started target : instruction.targets()) {
            asleep.remove(target.application());
            if (stopped.remove(target.application()) == null) {
                find("'" + target.application() + "' is started and was not stopped before", "add a stop before");
            }
        }
        return this;
    }

    @Override
    public Pairs load(Instruction.Load instruction) {
        for (Instruction.Load.Code code : instruction.codes()) {
            if (!prepared.contains(code.application())) {
                find(
                        "'" + code.application() + "' is loaded without a load_object_code",
                        "add 'load_object_code: {application: " + code.application() + ", version: VERSION}'");
            }
        }
        return this;
    }

    @Override
    public Pairs remove(Instruction.Remove instruction) {
        instruction.codes().forEach(c -> stopped.remove(c.application()));
        return this;
    }

    @Override
    public Pairs loadObjectCode(Instruction.LoadObjectCode instruction) {
        return this;
    }

    @Override
    public Pairs pointOfNoReturn(Instruction.PointOfNoReturn instruction) {
        return this;
    }

    @Override
    public Pairs apply(Instruction.Apply instruction) {
        String application = instruction.application();
        if (instruction.direction() == Direction.DOWN && gone.contains(application)) {
            find(
                    "action '" + instruction.action() + "' is one of the version of '" + application
                            + "' that is stopped before",
                    "write it before 'stop'");
        } else if (instruction.direction() == Direction.UP && asleep.contains(application)) {
            find(
                    "action '" + instruction.action() + "' is one of the version of '" + application
                            + "' that is started after",
                    "write it behind 'start'");
        }
        return this;
    }

    @Override
    public Pairs setConfig(Instruction.SetConfig instruction) {
        return this;
    }

    @Override
    public Pairs syncNodes(Instruction.SyncNodes instruction) {
        return this;
    }

    @Override
    public Pairs purge(Instruction.Purge instruction) {
        return this;
    }

    @Override
    public Pairs restartNewContainer(Instruction.RestartNewContainer instruction) {
        return this;
    }

    @Override
    public Pairs restartContainer(Instruction.RestartContainer instruction) {
        return this;
    }
}
