@NullMarked
package dev.rookery.examples.panel.cli;

import org.jspecify.annotations.NullMarked;
