// SPDX-License-Identifier: Apache-2.0
package io.theseus.benchmarks.fleet.hoard;

import io.theseus.benchmarks.fleet.api.Held;

/** An entry whose type each version has for itself. */
public record Own(long amount, String text) implements Held {}
