// SPDX-License-Identifier: Apache-2.0
/** Classes of stable services, generated at run time, each in a class loader of its own. */
@NullMarked
package io.theseus.switchboard.internal.stable;

import org.jspecify.annotations.NullMarked;
