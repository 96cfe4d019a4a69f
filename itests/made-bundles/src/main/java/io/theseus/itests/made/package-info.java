// SPDX-License-Identifier: Apache-2.0
/** Bundles that tests make from sources. */
@NullMarked
package io.theseus.itests.made;

import org.jspecify.annotations.NullMarked;
