/**
 * The wire itself: raw requests and frames, and what real daemons were seen to answer. Begin with {@link
 * dev.rookery.testing.wire.WireContract}.
 */
@NullMarked
package dev.rookery.testing.wire;

import org.jspecify.annotations.NullMarked;
