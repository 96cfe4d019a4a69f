// SPDX-License-Identifier: Apache-2.0
/** An application of {@code ways}: runs the Felix Health Checks. */
@NullMarked
package io.theseus.benchmarks.bundles.checks;

import org.jspecify.annotations.NullMarked;
