/** Everything the panel keeps, in SQL. */
@NullMarked
package dev.rookery.examples.panel.sql;

import org.jspecify.annotations.NullMarked;
