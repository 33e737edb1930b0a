/** A command line that tries nodes. */
@NullMarked
package dev.rookery.examples.load;

import org.jspecify.annotations.NullMarked;
