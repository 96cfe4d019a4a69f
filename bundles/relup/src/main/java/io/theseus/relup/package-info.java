// SPDX-License-Identifier: Apache-2.0
/**
 * Release upgrades, decided and not done: appup and release files are read, compared and compiled into one flat
 * {@link io.theseus.relup.Script} of low-level {@link io.theseus.relup.Instruction}s. Pure: the same input gives the same
 * script; nothing here touches a running bundle.
 */
@Export(substitution = Export.Substitution.NOIMPORT)
@Version("1.0.0")
@NullMarked
package io.theseus.relup;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
