// SPDX-License-Identifier: Apache-2.0
package io.theseus.shell.internal;

import io.theseus.release.ReleaseStatus;
import java.util.Set;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Completes the release that can be made permanent. */
@Service
public final class CurrentReleaseCompleter extends ReleaseIdCompleter {
    public CurrentReleaseCompleter() {
        super(Set.of(ReleaseStatus.CURRENT));
    }
}
