/** Tests. */
@NullMarked
package dev.rookery.daemon.internal.sftp;

import org.jspecify.annotations.NullMarked;
