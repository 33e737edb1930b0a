/** The port {@link dev.rookery.api.node.Node}: what a panel asks of a node. */
@NullMarked
package dev.rookery.api.node;

import org.jspecify.annotations.NullMarked;
