// SPDX-License-Identifier: Apache-2.0
/**
 * The ports {@code CodeServer}, {@code Belongings} and {@code Components}, over the OSGi framework. Beside the switchboard
 * the only place that meets a {@code BundleContext}.
 */
@NullMarked
package io.theseus.framework.internal;

import org.jspecify.annotations.NullMarked;
