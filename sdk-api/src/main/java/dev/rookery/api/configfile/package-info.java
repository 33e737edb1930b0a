/**
 * Changes values in the configuration files of games and programs, as panels ask for before each start. Begin at
 * {@link dev.rookery.api.configfile.ConfigFileEditor}. Everything that no edit addresses stays as it is, byte by byte: comments, order,
 * quotes, line ends, keys that are there twice. Nothing here touches a file, and nothing is taken from the environment. Source: daemon
 * behaviour §7.
 */
@NullMarked
package dev.rookery.api.configfile;

import org.jspecify.annotations.NullMarked;
