// SPDX-License-Identifier: Apache-2.0
/** What an application of the fleet offers. */
@NullMarked
package io.theseus.benchmarks.fleet.api;

import org.jspecify.annotations.NullMarked;
