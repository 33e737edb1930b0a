/** Tests. */
@NullMarked
package dev.rookery.proxy.internal.cloudflare;

import org.jspecify.annotations.NullMarked;
