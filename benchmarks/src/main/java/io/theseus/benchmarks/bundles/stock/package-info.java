// SPDX-License-Identifier: Apache-2.0
/** An application of {@code ways}: state that is read from JSON. */
@NullMarked
package io.theseus.benchmarks.bundles.stock;

import org.jspecify.annotations.NullMarked;
