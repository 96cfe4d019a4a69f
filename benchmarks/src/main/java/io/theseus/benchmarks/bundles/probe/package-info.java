// SPDX-License-Identifier: Apache-2.0
/** The bundle that calls and watches in the container of {@code ways}; belongs to no release. */
@NullMarked
package io.theseus.benchmarks.bundles.probe;

import org.jspecify.annotations.NullMarked;
