// SPDX-License-Identifier: Apache-2.0
/** An application of {@code ways}: a route of Apache Camel. */
@NullMarked
package io.theseus.benchmarks.bundles.route;

import org.jspecify.annotations.NullMarked;
