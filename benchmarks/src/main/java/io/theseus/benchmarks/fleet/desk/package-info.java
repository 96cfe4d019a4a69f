// SPDX-License-Identifier: Apache-2.0
/** A servlet in as many versions as are wanted. */
@NullMarked
package io.theseus.benchmarks.fleet.desk;

import org.jspecify.annotations.NullMarked;
