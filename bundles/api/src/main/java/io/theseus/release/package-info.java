// SPDX-License-Identifier: Apache-2.0
/**
 * The {@link io.theseus.release.ReleaseHandler} service and its values: what an operator, a command, a console or a
 * deployer sees of releases. All values are immutable.
 */
@Export(substitution = Export.Substitution.NOIMPORT)
@Version("1.0.0")
@NullMarked
package io.theseus.release;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
