// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal;

import io.theseus.port.Snapshot;
import io.theseus.release.Plan;
import io.theseus.release.Problem;
import io.theseus.release.Release;
import io.theseus.relup.Appup;
import io.theseus.relup.AppupReader;
import io.theseus.relup.BundleContent;
import io.theseus.relup.BundleFacts;
import io.theseus.relup.BundleFactsReader;
import io.theseus.relup.CallGraph;
import io.theseus.relup.ContainerFeatures;
import io.theseus.relup.Instruction;
import io.theseus.relup.Planned;
import io.theseus.relup.Planner;
import io.theseus.relup.Planning;
import io.theseus.relup.ReleaseDraft;
import io.theseus.relup.ReleaseReader;
import io.theseus.relup.Relup;
import io.theseus.relup.RelupReader;
import io.theseus.relup.Script;
import io.theseus.relup.ScriptFit;
import io.theseus.relup.ScriptPrinter;
import io.theseus.relup.ScriptReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Set;

/** Decides as {@code relup} does. Thread safety: stateless. */
final class RelupDeciding implements Deciding {
    @Override
    public BundleFacts facts(String location, InputStream jar) {
        return BundleFactsReader.read(location, jar);
    }

    @Override
    public String content(InputStream jar) throws IOException {
        return BundleContent.digest(jar);
    }

    @Override
    public Appup appup(String file, String text) {
        return AppupReader.read(file, text);
    }

    @Override
    public Relup relup(String file, String text) {
        return RelupReader.read(file, text);
    }

    @Override
    public ReleaseDraft draft(String url, byte[] content, List<String> features, ContainerFeatures container) {
        return ReleaseReader.read(url, content, features, container);
    }

    @Override
    public Planned plan(Planning planning) {
        return Planner.plan(planning);
    }

    @Override
    public Set<String> callers(Snapshot snapshot, Set<String> applications) {
        return CallGraph.callers(snapshot, applications);
    }

    @Override
    public String print(Instruction instruction) {
        return ScriptPrinter.print(instruction);
    }

    @Override
    public Script script(String file, String text) {
        return ScriptReader.read(file, text);
    }

    @Override
    public List<Problem> unfit(Script script, Release from, Release to, Plan plan) {
        return ScriptFit.problems(script, from, to, plan);
    }
}
