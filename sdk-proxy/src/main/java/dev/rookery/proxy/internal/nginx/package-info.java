/** Makes nginx's configuration. */
@NullMarked
package dev.rookery.proxy.internal.nginx;

import org.jspecify.annotations.NullMarked;
