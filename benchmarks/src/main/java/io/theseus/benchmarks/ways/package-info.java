// SPDX-License-Identifier: Apache-2.0
/**
 * {@code ways}: every way by which a release comes in, and systems that nobody here wrote, in whole containers under load. A
 * {@link io.theseus.benchmarks.ways.Way} says what comes in and how, a {@link io.theseus.benchmarks.ways.Scene} is the container, with a bundle in it that watches.
 */
@NullMarked
package io.theseus.benchmarks.ways;

import org.jspecify.annotations.NullMarked;
