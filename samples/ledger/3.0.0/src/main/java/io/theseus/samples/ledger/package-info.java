/** The ledger: a stateful application. Nothing is exported. */
@NullMarked
package io.theseus.samples.ledger;

import org.jspecify.annotations.NullMarked;
