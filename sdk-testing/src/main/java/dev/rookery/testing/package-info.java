/** Contracts, fakes and recorders with which Rookery tests itself and its users can test too. */
@NullMarked
package dev.rookery.testing;

import org.jspecify.annotations.NullMarked;
