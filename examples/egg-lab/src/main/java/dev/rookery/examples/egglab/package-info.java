/** A command line for authors of eggs. Begin with {@link dev.rookery.examples.egglab.Main}. */
@NullMarked
package dev.rookery.examples.egglab;

import org.jspecify.annotations.NullMarked;
