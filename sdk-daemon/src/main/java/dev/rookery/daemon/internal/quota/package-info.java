/** Limits of servers' files that the kernel keeps: {@link dev.rookery.daemon.internal.quota.Projects}. */
@NullMarked
package dev.rookery.daemon.internal.quota;

import org.jspecify.annotations.NullMarked;
