/** Tests. */
@NullMarked
package dev.rookery.daemon.internal.server;

import org.jspecify.annotations.NullMarked;
