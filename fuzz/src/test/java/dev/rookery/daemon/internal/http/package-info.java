/** Targets inside of the edge's package. */
@NullMarked
package dev.rookery.daemon.internal.http;

import org.jspecify.annotations.NullMarked;
