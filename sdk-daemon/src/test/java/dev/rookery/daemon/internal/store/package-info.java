/** Tests of what the daemon must not forget. */
@NullMarked
package dev.rookery.daemon.internal.store;

import org.jspecify.annotations.NullMarked;
