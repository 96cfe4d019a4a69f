// SPDX-License-Identifier: Apache-2.0
/**
 * The ports through which release handling acts on the running container. {@code release-handler} calls them,
 * {@code framework}, {@code switchboard} and {@code features} provide them as services. Not for applications.
 */
@Export(substitution = Export.Substitution.NOIMPORT)
@Version("1.0.0")
@NullMarked
package io.theseus.port;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
