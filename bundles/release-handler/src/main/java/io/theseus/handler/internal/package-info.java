// SPDX-License-Identifier: Apache-2.0
/**
 * Release handling: one class for each request ({@code Unpacking}, {@code Installing}, {@code RollingBack} ...), all run by
 * {@link io.theseus.handler.internal.HandlerThread} over what {@link io.theseus.handler.internal.Container} holds.
 */
@NullMarked
package io.theseus.handler.internal;

import org.jspecify.annotations.NullMarked;
