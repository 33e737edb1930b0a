package dev.rookery.testing.panel;

import dev.rookery.panel.InMemoryPanelStore;
import dev.rookery.panel.spi.PanelStore;

class InMemoryPanelStoreTest extends PanelStoreContract {

    @Override
    protected PanelStore emptyStore() {
        return new InMemoryPanelStore();
    }
}
