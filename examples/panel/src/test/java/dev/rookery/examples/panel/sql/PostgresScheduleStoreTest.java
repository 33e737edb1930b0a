package dev.rookery.examples.panel.sql;

import dev.rookery.panel.spi.PanelStore;
import dev.rookery.testing.panel.ScheduleReplicasContract;
import dev.rookery.testing.panel.ScheduleRunStoreContract;
import dev.rookery.testing.panel.ScheduleStoreContract;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

/** The SQL store keeps the contracts of schedules on PostgreSQL, too. */
@Tag("postgres")
class PostgresScheduleStoreTest {

    @Nested
    class Store extends ScheduleStoreContract {
        @Override
        protected PanelStore emptyStore() {
            return new SqlPanelStore(PostgresCluster.emptied());
        }
    }

    @Nested
    class Runs extends ScheduleRunStoreContract {
        @Override
        protected PanelStore emptyStore() {
            return new SqlPanelStore(PostgresCluster.emptied());
        }
    }

    @Nested
    class Replicas extends ScheduleReplicasContract {

        private @Nullable String url;
        private @Nullable Database one;
        private @Nullable Database two;

        @Override
        protected PanelStore emptyStore() {
            closeDatabases();
            url = PostgresCluster.shared().newDatabase();
            one = Database.connect(url, Optional.of(PostgresCluster.shared().password()));
            return new SqlPanelStore(one);
        }

        @Override
        protected PanelStore again(PanelStore store) {
            two = Database.connect(
                    String.valueOf(url), Optional.of(PostgresCluster.shared().password()));
            return new SqlPanelStore(two);
        }

        @Override
        protected IntStream seeds() {
            return IntStream.rangeClosed(1, 2);
        }

        @Override
        protected Duration duration() {
            return Duration.ofMinutes(60);
        }

        @AfterEach
        void closeDatabases() {
            if (one != null) {
                one.close();
            }
            if (two != null) {
                two.close();
            }
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
