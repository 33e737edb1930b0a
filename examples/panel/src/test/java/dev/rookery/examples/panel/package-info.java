@NullMarked
package dev.rookery.examples.panel;

import org.jspecify.annotations.NullMarked;
