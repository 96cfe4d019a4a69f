// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup.internal.check;

import io.theseus.relup.Place;

/** What does not hold, where, and what to do. */
public record Finding(Place place, String text, String hint) {}
