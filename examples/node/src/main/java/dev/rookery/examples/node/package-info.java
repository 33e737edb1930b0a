/** The node service. Begin at {@link dev.rookery.examples.node.Main}. */
@NullMarked
package dev.rookery.examples.node;

import org.jspecify.annotations.NullMarked;
