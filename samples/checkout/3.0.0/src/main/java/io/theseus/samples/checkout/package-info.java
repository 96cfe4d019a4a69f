/** The checkout: the door of the shop, a servlet. Nothing is exported. */
@NullMarked
package io.theseus.samples.checkout;

import org.jspecify.annotations.NullMarked;
