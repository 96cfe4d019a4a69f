// SPDX-License-Identifier: Apache-2.0
/** Named as the JDK wants it of what opens URLs that begin with {@code wrap:}. */
package io.theseus.handler.protocols.wrap;
