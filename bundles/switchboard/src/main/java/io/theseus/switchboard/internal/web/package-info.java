// SPDX-License-Identifier: Apache-2.0
/** Life-cycle support that needs the servlet API; defined beside the generated class, never by the bundle's own loader. */
@NullMarked
package io.theseus.switchboard.internal.web;

import org.jspecify.annotations.NullMarked;
