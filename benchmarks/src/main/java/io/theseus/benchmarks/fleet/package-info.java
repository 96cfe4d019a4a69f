// SPDX-License-Identifier: Apache-2.0
/** Containers whose applications are made here, and upgraded under load: many at once, one with much state, a servlet; by Theseus and by its peers. */
@NullMarked
package io.theseus.benchmarks.fleet;

import org.jspecify.annotations.NullMarked;
