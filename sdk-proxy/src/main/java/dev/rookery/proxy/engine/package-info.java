/**
 * Engines that run what is made of a document. {@link dev.rookery.proxy.engine.CaddyEngine} drives a Caddy by its administration, {@link
 * dev.rookery.proxy.engine.CaddyFileEngine} one that watches a file, {@link dev.rookery.proxy.engine.NginxEngine} an nginx.
 */
@NullMarked
package dev.rookery.proxy.engine;

import org.jspecify.annotations.NullMarked;
