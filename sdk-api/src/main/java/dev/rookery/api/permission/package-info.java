/** Names what a user may do on a server, and tests it. */
@NullMarked
package dev.rookery.api.permission;

import org.jspecify.annotations.NullMarked;
