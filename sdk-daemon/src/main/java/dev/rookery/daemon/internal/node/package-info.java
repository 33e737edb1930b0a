/** The daemon's implementation of the node port, and what keeps all of its servers going. Begin with {@code NodeRuntime}. */
@NullMarked
package dev.rookery.daemon.internal.node;

import org.jspecify.annotations.NullMarked;
