/** Tests. */
@NullMarked
package dev.rookery.daemon.internal.console;

import org.jspecify.annotations.NullMarked;
