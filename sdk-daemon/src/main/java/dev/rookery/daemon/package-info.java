/**
 * A node runtime as a library: {@link dev.rookery.daemon.Daemon} runs the servers of one node in containers, as its panel says.
 * Begin with {@link dev.rookery.daemon.Daemon#builder}; {@link dev.rookery.daemon.DaemonOptions} holds what can be set.
 */
@NullMarked
package dev.rookery.daemon;

import org.jspecify.annotations.NullMarked;
