// SPDX-License-Identifier: Apache-2.0
/**
 * A container seen from outside: unpacked, started, driven through its shell, killed and started again. Used by the integration tests
 * and by the benchmarks that need a whole container.
 */
@NullMarked
package io.theseus.itests;

import org.jspecify.annotations.NullMarked;
