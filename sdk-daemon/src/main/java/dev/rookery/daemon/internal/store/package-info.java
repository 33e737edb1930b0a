/** What the daemon must not forget: one SQLite file below its root directory. Begin with {@code DaemonStore}. */
@NullMarked
package dev.rookery.daemon.internal.store;

import org.jspecify.annotations.NullMarked;
