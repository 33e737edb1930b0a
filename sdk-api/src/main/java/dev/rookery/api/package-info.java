/**
 * What every part of Rookery speaks: identities, callers, call options, streamed content and the exceptions of the two ports.
 *
 * <p>Start with {@link dev.rookery.api.node.Node} (what a panel asks of a node) and {@link dev.rookery.api.panel.Panel} (what a
 * node asks of its panel). Nothing here performs I/O or starts a thread.
 */
@NullMarked
package dev.rookery.api;

import org.jspecify.annotations.NullMarked;
