// SPDX-License-Identifier: Apache-2.0
/** Many applications in one container, upgraded at once, under load, by Theseus and by its peers. */
@NullMarked
package io.theseus.benchmarks.fleet;

import org.jspecify.annotations.NullMarked;
