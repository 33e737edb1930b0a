/** Tests of the daemon through its public face. */
@NullMarked
package dev.rookery.daemon;

import org.jspecify.annotations.NullMarked;
