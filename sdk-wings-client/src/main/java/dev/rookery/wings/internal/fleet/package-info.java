/** The parts of a fleet. */
@NullMarked
package dev.rookery.wings.internal.fleet;

import org.jspecify.annotations.NullMarked;
