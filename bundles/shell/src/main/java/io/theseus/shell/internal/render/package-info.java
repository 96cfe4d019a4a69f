/** Values of release handling as text for people and as JSON for programs. Pure. */
@NullMarked
package io.theseus.shell.internal.render;

import org.jspecify.annotations.NullMarked;
