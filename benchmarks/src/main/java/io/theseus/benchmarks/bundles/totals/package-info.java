// SPDX-License-Identifier: Apache-2.0
/** An application of {@code ways}: JSON as trees and streams, of what another application says. */
@NullMarked
package io.theseus.benchmarks.bundles.totals;

import org.jspecify.annotations.NullMarked;
