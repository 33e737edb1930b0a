/**
 * The SFTP server: log-ins, sessions and their end, and the protocol. Files are only ever come to by {@code internal.file}'s tree.
 */
@NullMarked
package dev.rookery.daemon.internal.sftp;

import org.jspecify.annotations.NullMarked;
