/** Targets inside of the client's package. */
@NullMarked
package dev.rookery.wings.internal;

import org.jspecify.annotations.NullMarked;
