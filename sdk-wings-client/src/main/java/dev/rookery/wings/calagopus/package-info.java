/**
 * Calls that only nodes of Calagopus have, reached by {@link dev.rookery.wings.HttpNode#calagopus()}. Source: node API §2.10.2. Not here:
 * the calls of §2.10.4, which only newer nodes have and whose shapes nobody has verified, and the socket {@code /api/system/stats/ws},
 * which repeats {@link dev.rookery.wings.calagopus.CalagopusNode#stats()} every second.
 */
@NullMarked
package dev.rookery.wings.calagopus;

import org.jspecify.annotations.NullMarked;
