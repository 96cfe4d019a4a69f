// SPDX-License-Identifier: Apache-2.0
/**
 * What goes wrong, on purpose: a bank of seven applications, a container in this JVM that runs it, callers that use it all the
 * time, and a fault in every place that a recorded clean run has passed.
 */
@NullMarked
package io.theseus.itests.faults;

import org.jspecify.annotations.NullMarked;
