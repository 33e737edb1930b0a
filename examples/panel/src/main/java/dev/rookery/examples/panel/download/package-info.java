/** Loads what people name by its address, without reaching what only the panel can reach. */
@NullMarked
package dev.rookery.examples.panel.download;

import org.jspecify.annotations.NullMarked;
