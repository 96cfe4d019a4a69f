// SPDX-License-Identifier: Apache-2.0
package io.theseus.benchmarks.fleet.api;

/** An entry whose type all versions share. */
public record Row(long amount, String text) implements Held {}
