// SPDX-License-Identifier: Apache-2.0
package io.theseus.shell.internal;

import io.theseus.release.ReleaseStatus;
import java.util.Set;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Completes a release that was permanent once. */
@Service
public final class OldReleaseCompleter extends ReleaseIdCompleter {
    public OldReleaseCompleter() {
        super(Set.of(ReleaseStatus.OLD));
    }
}
