/** The contracts of the panel's side, and a panel without a database. */
@NullMarked
package dev.rookery.testing.panel;

import org.jspecify.annotations.NullMarked;
