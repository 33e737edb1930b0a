/** Log-ins over SFTP. */
@NullMarked
package dev.rookery.panel.internal.sftp;

import org.jspecify.annotations.NullMarked;
