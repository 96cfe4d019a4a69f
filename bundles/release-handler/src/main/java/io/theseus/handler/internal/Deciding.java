// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal;

import io.theseus.port.Snapshot;
import io.theseus.release.Plan;
import io.theseus.release.Problem;
import io.theseus.release.Release;
import io.theseus.relup.Appup;
import io.theseus.relup.BundleFacts;
import io.theseus.relup.ContainerFeatures;
import io.theseus.relup.Instruction;
import io.theseus.relup.Planned;
import io.theseus.relup.Planning;
import io.theseus.relup.ReleaseDraft;
import io.theseus.relup.Relup;
import io.theseus.relup.Script;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Set;

/** What is decided and not done: the entry points of {@code relup} that release handling uses, all in one place. */
public interface Deciding {
    BundleFacts facts(String location, InputStream jar);

    /** A digest of what is in a bundle, not of when it was made. */
    String content(InputStream jar) throws IOException;

    Appup appup(String file, String text);

    Relup relup(String file, String text);

    ReleaseDraft draft(String url, byte[] content, List<String> features, ContainerFeatures container);

    Planned plan(Planning planning);

    Set<String> callers(Snapshot snapshot, Set<String> applications);

    String print(Instruction instruction);

    Script script(String file, String text);

    List<Problem> unfit(Script script, Release from, Release to, Plan plan);
}
