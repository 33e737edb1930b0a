/**
 * Calls that only Calagopus has: its nodes', reached by {@link dev.rookery.wings.HttpNode#calagopus()} (source: node API §2.10.2), and its
 * panel's, reached by {@link dev.rookery.wings.HttpPanel#calagopus()} (source: panel remote API §4). Not here: the node's calls of §2.10.4,
 * which only newer nodes have and whose shapes nobody has verified, and the socket {@code /api/system/stats/ws}, which repeats {@link
 * dev.rookery.wings.calagopus.CalagopusNode#stats()} every second.
 */
@NullMarked
package dev.rookery.wings.calagopus;

import org.jspecify.annotations.NullMarked;
