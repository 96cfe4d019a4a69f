/**
 * Drives the demo: calls the shop over many connections without a pause, has the container change releases meanwhile, and
 * counts what a client notices of it.
 */
@NullMarked
package io.theseus.samples.driver;

import org.jspecify.annotations.NullMarked;
