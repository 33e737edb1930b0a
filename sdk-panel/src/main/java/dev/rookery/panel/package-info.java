/**
 * The panel's half of the protocol, for any web framework and any store. Start with {@link dev.rookery.panel.PanelService}.
 */
@NullMarked
package dev.rookery.panel;

import org.jspecify.annotations.NullMarked;
