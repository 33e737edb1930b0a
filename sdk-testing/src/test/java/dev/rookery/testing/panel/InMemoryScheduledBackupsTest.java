package dev.rookery.testing.panel;

import dev.rookery.panel.InMemoryPanelStore;
import dev.rookery.panel.spi.PanelStore;

class InMemoryScheduledBackupsTest extends ScheduledBackupsContract {

    @Override
    protected PanelStore store() {
        return new InMemoryPanelStore();
    }
}
