// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal.eval;

import java.util.Map;

/**
 * What components do in an instruction, once.
 *
 * @param parts whose
 * @param batch a step of each, in the same order
 */
record Prepared<T>(Map<Part, T> parts, Batch batch) {}
