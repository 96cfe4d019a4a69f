// SPDX-License-Identifier: Apache-2.0
/** Runs a compiled script, one instruction after the other, and takes it back when one fails. */
@NullMarked
package io.theseus.handler.internal.eval;

import org.jspecify.annotations.NullMarked;
