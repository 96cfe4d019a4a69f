// SPDX-License-Identifier: Apache-2.0
package io.theseus.shell.internal;

import io.theseus.release.ReleaseStatus;
import java.util.Set;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Completes a release that can be installed. */
@Service
public final class InstallableReleaseCompleter extends ReleaseIdCompleter {
    public InstallableReleaseCompleter() {
        super(Set.of(ReleaseStatus.UNPACKED, ReleaseStatus.OLD));
    }
}
