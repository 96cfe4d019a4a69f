// SPDX-License-Identifier: Apache-2.0
@NullMarked
package io.theseus.itests.health;

import org.jspecify.annotations.NullMarked;
