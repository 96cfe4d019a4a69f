// SPDX-License-Identifier: Apache-2.0
/**
 * What the author of an application compiles against: state handover, own upgrade steps, carrying a generation to
 * another thread. An application that needs none of it needs no Theseus at compile time at all.
 */
@Export(substitution = Export.Substitution.NOIMPORT)
@Version("1.0.0")
@NullMarked
package io.theseus.api;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
