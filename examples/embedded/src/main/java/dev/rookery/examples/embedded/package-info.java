/** A daemon inside another program. */
@NullMarked
package dev.rookery.examples.embedded;

import org.jspecify.annotations.NullMarked;
