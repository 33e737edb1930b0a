/** The contract that every {@link dev.rookery.api.node.Node} passes, and a node without containers. */
@NullMarked
package dev.rookery.testing.node;

import org.jspecify.annotations.NullMarked;
