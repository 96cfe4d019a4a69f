// SPDX-License-Identifier: Apache-2.0
package io.theseus.benchmarks.fleet.hoard;

import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** A state whose type each version has for itself. */
public record Books(AtomicLong calls, Map<Long, Own> rows) {}
