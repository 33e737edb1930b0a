/** Names and addresses as engines, tunnels and DNS understand them. */
@NullMarked
package dev.rookery.proxy.internal.name;

import org.jspecify.annotations.NullMarked;
