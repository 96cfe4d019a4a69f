// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup;

import io.theseus.api.Direction;
import io.theseus.release.StartType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.framework.Version;

/**
 * A low-level instruction: one step of a {@link Script}. Applications are named by Bundle-SymbolicName.
 *
 * <p>The file syntax is {@code ScriptPrinter}'s.
 */
public sealed interface Instruction {
    <R> R accept(Visitor<R> visitor);

    /**
     * Installs and resolves a bundle beside its predecessor, if there is one.
     *
     * @param version the one to load
     * @param mode whether to start it now, hidden, or to leave that to a {@link Start}
     * @param library whether it is no application but gives packages to some
     */
    record LoadObjectCode(String application, Version version, Mode mode, StartType type, boolean library)
            implements Instruction {
        /** When the loaded bundle is started. */
        public enum Mode {
            /** Before the point of no return, with its services hidden. */
            SIDE_BY_SIDE,
            /** By a {@link Start}, after its predecessor was stopped. */
            STOPPED
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.loadObjectCode(this);
        }
    }

    /** Everything before can be thrown away without a trace. Exactly one in a script. */
    record PointOfNoReturn() implements Instruction {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.pointOfNoReturn(this);
        }
    }

    /** Closes gates, waits for quiet, then suspends components. All targets of one instruction in parallel. */
    record Suspend(List<Suspended> targets) implements Instruction {
        public Suspend {
            targets = List.copyOf(targets);
        }

        /**
         * What to suspend.
         *
         * @param component empty: only the gate of the application
         * @param timeout empty: the budget of the install
         */
        public record Suspended(
                String application, Optional<String> component, Optional<Duration> timeout, OnTimeout onTimeout) {
            /** One that fails the install when it does not get quiet. */
            public Suspended(String application, Optional<String> component, Optional<Duration> timeout) {
                this(application, component, timeout, OnTimeout.FAIL);
            }
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.suspend(this);
        }
    }

    /** Stops the running bundles of applications that cannot run twice, or that leave. */
    record Stop(List<String> applications) implements Instruction {
        public Stop {
            applications = List.copyOf(applications);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.stop(this);
        }
    }

    /**
     * The switch: every application that comes or changes, at once. A {@link Remove} next to it is part of the same switch. At most
     * one in a script.
     */
    record Load(List<Code> codes) implements Instruction {
        public Load {
            codes = List.copyOf(codes);
        }

        /** What is loaded, and how its predecessor is purged later. */
        public record Code(String application, PurgeMethod prePurge, PurgeMethod postPurge) {}

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.load(this);
        }
    }

    /**
     * Takes applications that the release no longer has out of service. Part of the switch of the {@link Load} before it; the switch
     * itself if there is none. Their code stays until {@link Purge}. At most one in a script.
     */
    record Remove(List<Load.Code> codes) implements Instruction {
        public Remove {
            codes = List.copyOf(codes);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.remove(this);
        }
    }

    /** Starts what was loaded with {@link LoadObjectCode.Mode#STOPPED}. */
    record Start(List<Started> targets) implements Instruction {
        public Start {
            targets = List.copyOf(targets);
        }

        /** What to start. */
        public record Started(String application, StartType type) {}

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.start(this);
        }
    }

    /** Hands states over. Entries of one instruction are independent of each other and go in parallel. */
    record CodeChange(Direction direction, List<Handover> handovers) implements Instruction {
        public CodeChange {
            handovers = List.copyOf(handovers);
        }

        /**
         * One handover.
         *
         * @param component {@code component.name}, in both versions
         * @param allowLoss names of record components that may be dropped
         */
        public record Handover(
                String application, String component, Map<String, Object> extra, List<String> allowLoss) {
            public Handover {
                extra = Map.copyOf(extra);
                allowLoss = List.copyOf(allowLoss);
            }
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.codeChange(this);
        }
    }

    /** Resumes what {@link Suspend} suspended: first the components, then the gates. */
    record Resume(List<Suspend.Suspended> targets) implements Instruction {
        public Resume {
            targets = List.copyOf(targets);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.resume(this);
        }
    }

    /**
     * Calls an {@link io.theseus.api.UpgradeAction} of the new (up) or old (down) bundle.
     *
     * @param timeout how long it may take; empty: {@link #LONGEST}
     */
    record Apply(
            String application,
            String action,
            Map<String, Object> args,
            Direction direction,
            Optional<Duration> timeout)
            implements Instruction {
        /** What an action may take that does not say. */
        public static final Duration LONGEST = Duration.ofMinutes(1);

        public Apply {
            args = Map.copyOf(args);
        }

        /** One that says nothing about its time. */
        public Apply(String application, String action, Map<String, Object> args, Direction direction) {
            this(application, action, args, direction, Optional.empty());
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.apply(this);
        }
    }

    /**
     * Changes a configuration of the running container and on disk; undone with the install.
     *
     * @param properties values of YAML: String, Integer, Long, Double, Boolean, List and Map
     */
    record SetConfig(String pid, Map<String, Object> properties, ConfigMode mode) implements Instruction {
        public SetConfig {
            properties = Map.copyOf(properties);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.setConfig(this);
        }
    }

    /**
     * Waits until every node has come to the instruction with this id.
     *
     * @param nodes names of containers
     */
    record SyncNodes(String id, List<String> nodes) implements Instruction {
        public SyncNodes {
            nodes = List.copyOf(nodes);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.syncNodes(this);
        }
    }

    /** The very first instruction: the container starts anew in the target release, and goes on behind this instruction. */
    record RestartNewContainer() implements Instruction {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.restartNewContainer(this);
        }
    }

    /** The very last instruction: the container starts anew in the target release. */
    record RestartContainer() implements Instruction {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.restartContainer(this);
        }
    }

    /** The bundles that the release no longer has; run by {@code make-permanent}, never before. */
    record Purge(List<String> applications) implements Instruction {
        public Purge {
            applications = List.copyOf(applications);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.purge(this);
        }
    }

    /** One method for each instruction. */
    interface Visitor<R> {
        R loadObjectCode(LoadObjectCode instruction);

        R pointOfNoReturn(PointOfNoReturn instruction);

        R suspend(Suspend instruction);

        R stop(Stop instruction);

        R load(Load instruction);

        R remove(Remove instruction);

        R start(Start instruction);

        R codeChange(CodeChange instruction);

        R resume(Resume instruction);

        R apply(Apply instruction);

        R setConfig(SetConfig instruction);

        R syncNodes(SyncNodes instruction);

        R purge(Purge instruction);

        R restartNewContainer(RestartNewContainer instruction);

        R restartContainer(RestartContainer instruction);
    }
}
