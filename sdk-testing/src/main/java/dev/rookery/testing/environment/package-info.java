/** What everything that runs servers has to keep: {@link dev.rookery.testing.environment.ServerEnvironmentContract}. */
@NullMarked
package dev.rookery.testing.environment;

import org.jspecify.annotations.NullMarked;
