/**
 * Domains for anything: typed routes in, proven configurations of Caddy, nginx and Cloudflare tunnels out. Start with {@link
 * dev.rookery.proxy.route.HttpRoute} for what a route is and {@link dev.rookery.proxy.RouteCheck} for what is wrong with one.
 */
@NullMarked
package dev.rookery.proxy;

import org.jspecify.annotations.NullMarked;
