// SPDX-License-Identifier: Apache-2.0
/** What a call, an upgrade and a container cost. Every benchmark ends with lines {@code RESULT name=... key=value ...}. */
@NullMarked
package io.theseus.benchmarks;

import org.jspecify.annotations.NullMarked;
