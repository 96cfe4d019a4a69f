// SPDX-License-Identifier: Apache-2.0
/** Conversion of a component's state from the classes of one version to those of another. Pure: decided on types, before any state is there. */
@NullMarked
package io.theseus.handler.internal.state;

import org.jspecify.annotations.NullMarked;
