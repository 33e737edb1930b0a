/** The HTTP API of the web UI, and the routes that nodes call. */
@NullMarked
package dev.rookery.examples.panel.http;

import org.jspecify.annotations.NullMarked;
