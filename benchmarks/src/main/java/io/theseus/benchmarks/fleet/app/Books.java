// SPDX-License-Identifier: Apache-2.0
package io.theseus.benchmarks.fleet.app;

import java.util.concurrent.atomic.AtomicLong;

/** What a stage hands over: a record of its own, so it is made anew. */
record Books(AtomicLong calls, String writtenBy) {}
