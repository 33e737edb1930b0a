/** Tests. */
@NullMarked
package dev.rookery.proxy.cloudflare;

import org.jspecify.annotations.NullMarked;
