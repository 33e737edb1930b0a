/** The servers' files: nothing here follows a path out of a server's directory. */
@NullMarked
package dev.rookery.daemon.internal.file;

import org.jspecify.annotations.NullMarked;
