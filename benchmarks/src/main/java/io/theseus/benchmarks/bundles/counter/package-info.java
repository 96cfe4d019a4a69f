// SPDX-License-Identifier: Apache-2.0
/** An application of {@code ways}: state, and a library. */
@NullMarked
package io.theseus.benchmarks.bundles.counter;

import org.jspecify.annotations.NullMarked;
