/** The basket: a stateless application between two others. Nothing is exported. */
@NullMarked
package io.theseus.samples.basket;

import org.jspecify.annotations.NullMarked;
