// SPDX-License-Identifier: Apache-2.0
package io.theseus.release;

import java.util.Optional;

/**
 * An application that runs in this container.
 *
 * @param version the version that serves
 * @param other the version that is kept beside it, old or incoming
 * @param services stable services it offers
 * @param sideBySide whether it can be loaded side by side
 * @param why the reason when it can not; empty when it can
 */
public record ApplicationInfo(
        String symbolicName, String version, Optional<String> other, int services, boolean sideBySide, String why) {}
