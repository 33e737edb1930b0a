/** Fuzzing targets of SFTP, in its package because what reads packets is not for others. */
@NullMarked
package dev.rookery.daemon.internal.sftp;

import org.jspecify.annotations.NullMarked;
