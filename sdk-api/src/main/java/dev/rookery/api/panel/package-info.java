/** The port {@link dev.rookery.api.panel.Panel}: what a node asks of its panel, and the configuration it is given. */
@NullMarked
package dev.rookery.api.panel;

import org.jspecify.annotations.NullMarked;
