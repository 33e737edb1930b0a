/** What servers run in, without saying how: {@link dev.rookery.daemon.internal.environment.ServerEnvironment}. */
@NullMarked
package dev.rookery.daemon.internal.environment;

import org.jspecify.annotations.NullMarked;
