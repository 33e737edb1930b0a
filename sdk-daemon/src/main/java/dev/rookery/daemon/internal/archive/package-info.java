/** Archives of servers' files: written on all cores and read back, unpacked within limits, looked into. Begin with {@link dev.rookery.daemon.internal.archive.Archives}. */
@NullMarked
package dev.rookery.daemon.internal.archive;

import org.jspecify.annotations.NullMarked;
