/** The payloads of a node's protocol as files that people can read, one folder for each dialect. */
@NullMarked
package dev.rookery.api.snapshot;

import org.jspecify.annotations.NullMarked;
