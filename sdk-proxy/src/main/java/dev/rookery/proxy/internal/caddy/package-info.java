/** Makes Caddy's configuration. */
@NullMarked
package dev.rookery.proxy.internal.caddy;

import org.jspecify.annotations.NullMarked;
