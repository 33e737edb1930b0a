/** Tests of what the node says of its machine. */
@NullMarked
package dev.rookery.daemon.internal.machine;

import org.jspecify.annotations.NullMarked;
