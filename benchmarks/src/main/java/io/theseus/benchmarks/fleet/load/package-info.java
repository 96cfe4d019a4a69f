// SPDX-License-Identifier: Apache-2.0
/** A bundle that calls the fleet, from inside of the container. */
@NullMarked
package io.theseus.benchmarks.fleet.load;

import org.jspecify.annotations.NullMarked;
