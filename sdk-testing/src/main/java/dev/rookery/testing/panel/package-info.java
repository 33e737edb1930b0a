/**
 * The contracts of the panel's side, and a panel without a database. Extend
 * {@link dev.rookery.testing.panel.PanelStoreContract} for a store of your own.
 */
@NullMarked
package dev.rookery.testing.panel;

import org.jspecify.annotations.NullMarked;
