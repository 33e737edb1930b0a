/**
 * Names that are reached by Cloudflare: tunnels, their rules, and records. Start with {@link dev.rookery.proxy.cloudflare.CloudflareOutbox}, which brings
 * accounts to what a document wants and keeps at it, or with {@link dev.rookery.proxy.cloudflare.CloudflareApi} for single calls.
 */
@NullMarked
package dev.rookery.proxy.cloudflare;

import org.jspecify.annotations.NullMarked;
