// SPDX-License-Identifier: Apache-2.0
/** The switchboard as services: puts the parts together. */
@NullMarked
package io.theseus.switchboard.internal;

import org.jspecify.annotations.NullMarked;
