// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal;

import io.theseus.handler.internal.eval.Asker;
import io.theseus.handler.internal.eval.Course;
import io.theseus.handler.internal.eval.Part;
import io.theseus.release.InstallOptions;
import io.theseus.release.Problem;
import io.theseus.release.Progress;
import io.theseus.release.RefusedException;
import io.theseus.release.Release;
import io.theseus.release.ReleaseId;
import io.theseus.release.ReleaseInfo;
import io.theseus.release.ReleaseStatus;
import io.theseus.release.Report;
import io.theseus.relup.Instruction.CodeChange;
import io.theseus.relup.Instruction.CodeChange.Handover;
import io.theseus.relup.Script;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code eval}: a script that somebody wrote, run as a generated one. Thread safety: used by the handler thread. */
final class Evaluating {
    private final Container container;
    private final Plans plans;
    private final Script script;

    private Evaluating(Container container, Plans plans, Script script) {
        this.container = container;
        this.plans = plans;
        this.script = script;
    }

    /** @throws RefusedException {@code bad-relup} with everything that is wrong with the script */
    static Evaluating of(URI source, Container container, Plans plans) {
        byte[] bytes = new Fetching(container.deciding).text(source.toString(), "", "bad-relup");
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return new Evaluating(container, plans, container.deciding.script(source.toString(), text));
        } catch (CharacterCodingException e) {
            throw new RefusedException(
                    Problem.of("bad-relup", source + ":1:1", "this is no UTF-8").withHint("save the file as UTF-8"));
        }
    }

    /** @throws RefusedException with everything that keeps the script from leading from one to the other */
    Plans.Made fitting(Release from, Release to) {
        Plans.Made made = plans.plan(from, to);
        List<Problem> problems =
                container.deciding.unfit(script, from, to, made.planned().plan());
        if (!problems.isEmpty()) {
            throw new RefusedException(problems);
        }
        return made;
    }

    /** @param target the release whose code is loaded; empty: none is, and what runs stays what it is */
    Report run(Optional<ReleaseId> target, InstallOptions options, Asker who, Progress progress) {
        Installing installing = new Installing(container, plans);
        ReleaseInfo current = container.releases().current();
        Release from = current.release();
        if (target.isPresent() && !target.get().equals(from.id())) {
            Release to = installing.target(target.get());
            Plans.Made made = fitting(from, to);
            return installing.run(
                    "eval", installing.course(from, to, script, made.snapshot(), options, who), who, progress);
        }
        if (current.status() == ReleaseStatus.CURRENT) {
            throw new RefusedException(Problem.of(
                            "baking",
                            "",
                            "release " + from.id() + " is not permanent yet, and a rollback would not undo this")
                    .withHint("make it permanent or roll it back first"));
        }
        Plans.Made made = fitting(from, from);
        Course course = new Course(
                from, from, script, made.snapshot(), handovers(), options, Optional.empty(), () -> {}, () -> {});
        return installing.run("eval", course, who, progress);
    }

    /** What stays takes its state back as it took it. */
    private Map<Part, Handover> handovers() {
        Map<Part, Handover> result = new HashMap<>();
        script.instructions(CodeChange.class)
                .flatMap(change -> change.handovers().stream())
                .forEach(h -> result.put(new Part(h.application(), h.component()), h));
        return result;
    }
}
