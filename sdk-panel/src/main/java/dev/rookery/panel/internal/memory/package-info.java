/** The in-memory store: one lock, a map for each table. */
@NullMarked
package dev.rookery.panel.internal.memory;

import org.jspecify.annotations.NullMarked;
