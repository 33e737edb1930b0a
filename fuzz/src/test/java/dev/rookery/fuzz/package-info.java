/** Targets for the fuzzer: each hands bytes of a stranger to one reader, and says what has to hold whatever they are. */
@NullMarked
package dev.rookery.fuzz;

import org.jspecify.annotations.NullMarked;
