/** What happened on the node that its panel is told of. */
@NullMarked
package dev.rookery.daemon.internal.activity;

import org.jspecify.annotations.NullMarked;
