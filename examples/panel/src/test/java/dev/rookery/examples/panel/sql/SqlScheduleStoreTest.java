package dev.rookery.examples.panel.sql;

import dev.rookery.panel.spi.PanelStore;
import dev.rookery.testing.panel.ScheduleReplicasContract;
import dev.rookery.testing.panel.ScheduleRunStoreContract;
import dev.rookery.testing.panel.ScheduleStoreContract;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** The SQL store keeps the contracts of schedules, also with two processes at one file. */
class SqlScheduleStoreTest {

    @TempDir
    Path directory;

    private final List<Database> databases = new ArrayList<>();
    private int stores;

    @AfterEach
    void closeDatabases() {
        databases.forEach(Database::close);
    }

    private PanelStore open() {
        var database = Database.open(directory.resolve("store" + stores));
        databases.add(database);
        return new SqlPanelStore(database);
    }

    private PanelStore openEmpty() {
        stores++;
        return open();
    }

    @Nested
    class Store extends ScheduleStoreContract {
        @Override
        protected PanelStore emptyStore() {
            return openEmpty();
        }
    }

    @Nested
    class Runs extends ScheduleRunStoreContract {
        @Override
        protected PanelStore emptyStore() {
            return openEmpty();
        }
    }

    @Nested
    class Replicas extends ScheduleReplicasContract {
        @Override
        protected PanelStore emptyStore() {
            return openEmpty();
        }

        @Override
        protected PanelStore again(PanelStore store) {
            return open();
        }

        @Override
        protected IntStream seeds() {
            return IntStream.rangeClosed(1, 2);
        }

        @Override
        protected Duration duration() {
            return Duration.ofMinutes(60);
        }
    }

    @Nested
    @Tag("soak")
    class ManyReplicas extends Replicas {
        @Override
        protected IntStream seeds() {
            return IntStream.rangeClosed(1, 40);
        }

        @Override
        protected Duration duration() {
            return Duration.ofHours(6);
        }
    }
}
