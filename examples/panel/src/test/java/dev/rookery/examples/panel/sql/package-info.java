@NullMarked
package dev.rookery.examples.panel.sql;

import org.jspecify.annotations.NullMarked;
