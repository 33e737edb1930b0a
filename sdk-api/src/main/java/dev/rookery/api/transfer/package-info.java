/** Values of moving a server from node to node. Source: node API §2.7. */
@NullMarked
package dev.rookery.api.transfer;

import org.jspecify.annotations.NullMarked;
