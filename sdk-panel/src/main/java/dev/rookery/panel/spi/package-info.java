/**
 * What a panel has to store: implement {@link dev.rookery.panel.spi.PanelStore} over your database, or use
 * {@link dev.rookery.panel.InMemoryPanelStore}.
 */
@NullMarked
package dev.rookery.panel.spi;

import org.jspecify.annotations.NullMarked;
