// SPDX-License-Identifier: Apache-2.0
/** The hot path: which generation a call runs in, gates, drain. Knows neither OSGi nor any class of an application. */
@NullMarked
package io.theseus.switchboard.internal.call;

import org.jspecify.annotations.NullMarked;
