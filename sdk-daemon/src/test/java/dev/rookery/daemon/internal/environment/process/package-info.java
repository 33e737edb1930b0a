/** Tests of the process runtime beside its contract. */
@NullMarked
package dev.rookery.daemon.internal.environment.process;

import org.jspecify.annotations.NullMarked;
