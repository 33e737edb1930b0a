/**
 * What a node daemon runs servers in: {@link dev.rookery.api.spi.ServerEnvironment}, made by a
 * {@link dev.rookery.api.spi.ServerEnvironmentProvider}. The daemon brings one for container engines; others may be written.
 *
 * <p>And what keeps its servers' files within their limits, where the file system can: {@link dev.rookery.api.spi.DiskQuotas}.
 */
@Incubating
@NullMarked
package dev.rookery.api.spi;

import dev.rookery.api.Incubating;
import org.jspecify.annotations.NullMarked;
