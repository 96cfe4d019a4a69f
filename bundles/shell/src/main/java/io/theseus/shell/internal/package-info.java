/** The console commands of the scopes {@code release} and {@code application}, and their completers. No logic. */
@NullMarked
package io.theseus.shell.internal;

import org.jspecify.annotations.NullMarked;
