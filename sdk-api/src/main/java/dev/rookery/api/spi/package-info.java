/**
 * What a node daemon runs servers in: {@link dev.rookery.api.spi.ServerEnvironment}, made by a
 * {@link dev.rookery.api.spi.ServerEnvironmentProvider}. The daemon brings one for container engines; others may be written.
 */
@Incubating
@NullMarked
package dev.rookery.api.spi;

import dev.rookery.api.Incubating;
import org.jspecify.annotations.NullMarked;
