// SPDX-License-Identifier: Apache-2.0
/** What is kept in {@code ${karaf.base}/releases}: the releases, their bundles, the journal. Nothing here knows a running bundle. */
@NullMarked
package io.theseus.handler.internal.store;

import org.jspecify.annotations.NullMarked;
