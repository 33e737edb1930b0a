/** Values of the calls about a server's files; the calls themselves are {@link dev.rookery.api.node.NodeFiles}. */
@NullMarked
package dev.rookery.api.file;

import org.jspecify.annotations.NullMarked;
