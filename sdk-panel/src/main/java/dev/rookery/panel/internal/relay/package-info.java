/** One node console for many browsers. */
@NullMarked
package dev.rookery.panel.internal.relay;

import org.jspecify.annotations.NullMarked;
