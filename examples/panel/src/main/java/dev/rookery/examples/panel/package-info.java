/** A full panel made of sdk-panel, a SQL store and a web UI. Start with {@link dev.rookery.examples.panel.PanelApplication}. */
@NullMarked
package dev.rookery.examples.panel;

import org.jspecify.annotations.NullMarked;
