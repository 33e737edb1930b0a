/** Values of backups; the calls are {@link dev.rookery.api.node.NodeBackups} on a node and the reports to a panel. */
@NullMarked
package dev.rookery.api.backup;

import org.jspecify.annotations.NullMarked;
