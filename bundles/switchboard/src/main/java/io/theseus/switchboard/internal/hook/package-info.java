// SPDX-License-Identifier: Apache-2.0
/** Who sees which service: each hook a static decision and the adapter that calls it. */
@NullMarked
package io.theseus.switchboard.internal.hook;

import org.jspecify.annotations.NullMarked;
