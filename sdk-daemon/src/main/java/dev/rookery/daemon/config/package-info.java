/**
 * Reads and writes {@code config.yml} with the keys of Wings. Begin at {@link dev.rookery.daemon.config.ConfigFile}, which fills the
 * same {@link dev.rookery.daemon.DaemonOptions} that a builder would.
 */
@NullMarked
package dev.rookery.daemon.config;

import org.jspecify.annotations.NullMarked;
