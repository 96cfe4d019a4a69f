// SPDX-License-Identifier: Apache-2.0
/** An application of {@code ways}: a library, and a service under one of its interfaces. */
@NullMarked
package io.theseus.benchmarks.bundles.quotes;

import org.jspecify.annotations.NullMarked;
