/** Servers as child processes of this machine, for development: no images, no network of their own. */
@NullMarked
package dev.rookery.daemon.internal.environment.process;

import org.jspecify.annotations.NullMarked;
