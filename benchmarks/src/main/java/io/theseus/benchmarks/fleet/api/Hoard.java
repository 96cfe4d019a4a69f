// SPDX-License-Identifier: Apache-2.0
package io.theseus.benchmarks.fleet.api;

import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A state whose type all versions share.
 *
 * @param calls how often its keeper was called
 */
public record Hoard<H>(AtomicLong calls, Map<Long, H> rows) {}
