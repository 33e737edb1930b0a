/**
 * The HTTP edge: puts any {@link dev.rookery.api.node.Node} on the wire as a Wings-compatible node. Begin at
 * {@link dev.rookery.daemon.internal.http.HttpEdge}. Knows the ports and Netty, nothing of the daemon behind them.
 */
@NullMarked
package dev.rookery.daemon.internal.http;

import org.jspecify.annotations.NullMarked;
