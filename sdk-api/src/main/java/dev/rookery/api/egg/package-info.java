/**
 * Eggs: the templates that say how a program is installed, started, configured and stopped.
 *
 * <p>A panel begins with {@link dev.rookery.api.egg.EggReader} and hands the egg to {@link dev.rookery.api.egg.ServerAssembly}; a
 * node turns what it receives into a container with {@link dev.rookery.api.egg.ContainerEnvironment},
 * {@link dev.rookery.api.egg.DoneMatcher} and {@link dev.rookery.api.egg.StopAction}.
 */
@NullMarked
package dev.rookery.api.egg;

import org.jspecify.annotations.NullMarked;
