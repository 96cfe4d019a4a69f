// SPDX-License-Identifier: Apache-2.0
/** A library of {@code ways}. */
@NullMarked
package io.theseus.benchmarks.bundles.money;

import org.jspecify.annotations.NullMarked;
