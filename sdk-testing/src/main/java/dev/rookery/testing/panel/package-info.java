/** Contracts of the panel's extension points: extend {@link dev.rookery.testing.panel.PanelStoreContract} for a store of your own. */
@NullMarked
package dev.rookery.testing.panel;

import org.jspecify.annotations.NullMarked;
