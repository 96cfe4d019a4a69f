// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal.store;

import io.theseus.release.Release;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * A release with all that belongs to it.
 *
 * @param bundles those of its bundles that the store does not have: for a digest the file with these bytes, in {@link ReleaseStore#staging}
 * @param files the same for what else its features bring
 * @param appups texts by symbolic name
 */
public record Whole(
        Release release,
        Map<String, Path> bundles,
        Map<String, Path> files,
        Map<String, String> appups,
        Optional<String> relup) {}
