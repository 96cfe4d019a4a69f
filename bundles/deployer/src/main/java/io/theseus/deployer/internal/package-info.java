// SPDX-License-Identifier: Apache-2.0
/** The deploy folder as a way in: what a file is, what to do with it, and the answer it gets. */
@NullMarked
package io.theseus.deployer.internal;

import org.jspecify.annotations.NullMarked;
