// SPDX-License-Identifier: Apache-2.0
/** An application of {@code ways}: objects to JSON and back. */
@NullMarked
package io.theseus.benchmarks.bundles.orders;

import org.jspecify.annotations.NullMarked;
