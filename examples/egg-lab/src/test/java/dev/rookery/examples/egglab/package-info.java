/** Runs the command line. */
@NullMarked
package dev.rookery.examples.egglab;

import org.jspecify.annotations.NullMarked;
