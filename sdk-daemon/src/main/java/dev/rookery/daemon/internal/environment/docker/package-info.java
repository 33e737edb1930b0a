/** Runs servers in Docker. Begin with {@link dev.rookery.daemon.internal.environment.docker.DockerEnvironment}. */
@NullMarked
package dev.rookery.daemon.internal.environment.docker;

import org.jspecify.annotations.NullMarked;
