package dev.rookery.testing.panel;

import dev.rookery.panel.InMemoryPanelStore;
import dev.rookery.panel.spi.PanelStore;

class InMemoryPanelCrashTest extends PanelCrashContract {

    @Override
    protected PanelStore store() {
        return new InMemoryPanelStore();
    }
}
