// SPDX-License-Identifier: Apache-2.0
/** Raw services of applications and the stable services that stand for them. */
@NullMarked
package io.theseus.switchboard.internal.service;

import org.jspecify.annotations.NullMarked;
