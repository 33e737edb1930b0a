/** Looks at engines from outside: their programs, their ports, and what answers there. */
@NullMarked
package dev.rookery.proxy.internal.probe;

import org.jspecify.annotations.NullMarked;
