// SPDX-License-Identifier: Apache-2.0
/** What the values of several packages are made of. Not exported. */
@NullMarked
package io.theseus.internal;

import org.jspecify.annotations.NullMarked;
