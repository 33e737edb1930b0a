package dev.rookery.testing.panel;

import dev.rookery.panel.InMemoryPanelStore;
import dev.rookery.panel.spi.PanelStore;

class InMemoryPanelStoreChangesTest extends PanelStoreChangesContract {

    @Override
    protected PanelStore emptyStore() {
        return new InMemoryPanelStore();
    }
}
