/** The inside of the panel's half. */
@NullMarked
package dev.rookery.panel.internal;

import org.jspecify.annotations.NullMarked;
