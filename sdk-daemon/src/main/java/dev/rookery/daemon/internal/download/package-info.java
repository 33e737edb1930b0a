/** Fetching files for servers from elsewhere, from the public Internet only. */
@NullMarked
package dev.rookery.daemon.internal.download;

import org.jspecify.annotations.NullMarked;
