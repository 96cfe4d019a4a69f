// SPDX-License-Identifier: Apache-2.0
/** What must hold for instructions whoever wrote them: an author, an operator, or the planner. */
@NullMarked
package io.theseus.relup.internal.check;

import org.jspecify.annotations.NullMarked;
