// SPDX-License-Identifier: Apache-2.0
/**
 * Karaf's features and the release that is permanent. To <em>require</em> a feature is Karaf's word for what {@code feature:install}
 * records: Karaf keeps the container so that it has what is required, at every operation.
 */
@NullMarked
package io.theseus.features.internal;

import org.jspecify.annotations.NullMarked;
