// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup;

import io.theseus.api.Direction;
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
        public record Suspended(String application, Optional<String> component, Optional<Duration> timeout) {}

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

    /** The switch: every application of the release at once. At most one in a script. */
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

    /** Calls an {@link io.theseus.api.UpgradeAction} of the new (up) or old (down) bundle. */
    record Apply(String application, String action, Map<String, Object> args, Direction direction)
            implements Instruction {
        public Apply {
            args = Map.copyOf(args);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.apply(this);
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

        R start(Start instruction);

        R codeChange(CodeChange instruction);

        R resume(Resume instruction);

        R apply(Apply instruction);

        R purge(Purge instruction);
    }
}
