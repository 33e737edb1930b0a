/**
 * The proxy before servers: routes that are kept in the panel's database, a Caddy or an nginx that runs them, Cloudflare behind it, and the domains of
 * servers. {@link dev.rookery.examples.panel.proxy.PanelProxy} is all of it.
 */
@NullMarked
package dev.rookery.examples.panel.proxy;

import org.jspecify.annotations.NullMarked;
