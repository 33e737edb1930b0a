package dev.rookery.testing.panel;

import dev.rookery.panel.InMemoryPanelStore;
import dev.rookery.panel.spi.PanelStore;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;

/** The store in memory keeps the contracts of schedules. */
class InMemoryScheduleStoreTest {

    @Nested
    class Store extends ScheduleStoreContract {
        @Override
        protected PanelStore emptyStore() {
            return new InMemoryPanelStore();
        }
    }

    @Nested
    class Runs extends ScheduleRunStoreContract {
        @Override
        protected PanelStore emptyStore() {
            return new InMemoryPanelStore();
        }
    }

    @Nested
    class Replicas extends ScheduleReplicasContract {
        @Override
        protected PanelStore emptyStore() {
            return new InMemoryPanelStore();
        }

        @Override
        protected IntStream seeds() {
            return IntStream.rangeClosed(1, 20);
        }
    }
}
