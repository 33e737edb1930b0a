/** Tests. */
@NullMarked
package dev.rookery.proxy.internal.caddy;

import org.jspecify.annotations.NullMarked;
