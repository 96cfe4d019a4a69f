// SPDX-License-Identifier: Apache-2.0
package io.theseus.release;

import java.time.Instant;

/** A release and its status, as {@code release:list} shows it. */
public record ReleaseInfo(Release release, ReleaseStatus status, Instant since) {}
