/** Panel and node as separate processes that speak the real protocol. */
@NullMarked
package dev.rookery.e2e;

import org.jspecify.annotations.NullMarked;
