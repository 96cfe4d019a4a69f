/**
 * What the applications of the shop know of each other. It lives in a bundle of its own that no release changes, so every
 * version of every application is wired to the same interfaces. Amounts are in cents.
 */
@Export(substitution = Export.Substitution.NOIMPORT)
@Version("1.0.0")
@NullMarked
package io.theseus.samples.shop;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
