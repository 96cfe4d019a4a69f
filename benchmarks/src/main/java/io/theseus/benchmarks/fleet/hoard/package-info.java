// SPDX-License-Identifier: Apache-2.0
/** Applications that keep very many entries, and hand them to their next version in three ways. */
@NullMarked
package io.theseus.benchmarks.fleet.hoard;

import org.jspecify.annotations.NullMarked;
