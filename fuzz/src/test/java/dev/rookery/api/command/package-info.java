/** Targets inside of the package of signed commands. */
@NullMarked
package dev.rookery.api.command;

import org.jspecify.annotations.NullMarked;
