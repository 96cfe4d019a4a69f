// SPDX-License-Identifier: Apache-2.0
/** The pattern of every application of the fleet: made into as many as there are, by renaming. */
@NullMarked
package io.theseus.benchmarks.fleet.app;

import org.jspecify.annotations.NullMarked;
