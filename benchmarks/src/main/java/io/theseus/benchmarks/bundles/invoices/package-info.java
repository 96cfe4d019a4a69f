// SPDX-License-Identifier: Apache-2.0
/** An application of {@code ways}: calls the two others that use the library. */
@NullMarked
package io.theseus.benchmarks.bundles.invoices;

import org.jspecify.annotations.NullMarked;
