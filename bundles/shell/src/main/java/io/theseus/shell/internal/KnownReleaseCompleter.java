// SPDX-License-Identifier: Apache-2.0
package io.theseus.shell.internal;

import io.theseus.release.ReleaseStatus;
import java.util.EnumSet;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Completes any release. */
@Service
public final class KnownReleaseCompleter extends ReleaseIdCompleter {
    public KnownReleaseCompleter() {
        super(EnumSet.allOf(ReleaseStatus.class));
    }
}
