/** How files are read: YAML, XML and jars become values, and everything wrong in them becomes a problem with a place. */
@NullMarked
package io.theseus.relup.internal.read;

import org.jspecify.annotations.NullMarked;
