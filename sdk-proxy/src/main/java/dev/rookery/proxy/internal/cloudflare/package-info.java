/** Calls to Cloudflare, and what has to be changed there. */
@NullMarked
package dev.rookery.proxy.internal.cloudflare;

import org.jspecify.annotations.NullMarked;
