/** Targets inside of the edge's package. */
@NullMarked
package dev.rookery.daemon.internal.archive;

import org.jspecify.annotations.NullMarked;
