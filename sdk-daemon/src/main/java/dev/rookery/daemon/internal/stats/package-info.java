/** What servers use, taken for all of them at once. */
@NullMarked
package dev.rookery.daemon.internal.stats;

import org.jspecify.annotations.NullMarked;
