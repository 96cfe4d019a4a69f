/** The price list: a stateless application. Nothing is exported. */
@NullMarked
package io.theseus.samples.pricing;

import org.jspecify.annotations.NullMarked;
