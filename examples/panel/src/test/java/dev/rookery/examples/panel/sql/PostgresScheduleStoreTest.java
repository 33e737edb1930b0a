package dev.rookery.examples.panel.sql;

import dev.rookery.panel.spi.PanelStore;
import dev.rookery.testing.panel.ScheduleReplicasContract;
import dev.rookery.testing.panel.ScheduleRunStoreContract;
import dev.rookery.testing.panel.ScheduleStoreContract;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
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

        private final List<Database> databases = new ArrayList<>();
        private String url = "";

        @Override
        protected PanelStore emptyStore() {
            closeDatabases();
            url = PostgresCluster.shared().newDatabase();
            return open();
        }

        @Override
        protected PanelStore again(PanelStore store) {
            return open();
        }

        private PanelStore open() {
            var database =
                    Database.connect(url, Optional.of(PostgresCluster.shared().password()));
            databases.add(database);
            return new SqlPanelStore(database);
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
            databases.forEach(Database::close);
            databases.clear();
            if (!url.isEmpty()) {
                PostgresCluster.shared().drop(url);
                url = "";
            }
        }
    }

    /**
     * One seed after the other, from {@code -Drookery.seed} (1) on, for {@code -Drookery.soak.minutes} (10): whatever the threads of four
     * panels get in each other's way with.
     */
    @Nested
    @Tag("soak")
    class ManyReplicas extends Replicas {

        private static final int REPLICAS = 4;

        private int seeds;
        private int kills;
        private int runs;

        @Override
        protected IntStream seeds() {
            int first = Integer.getInteger("rookery.seed", 1);
            long end = System.nanoTime()
                    + Duration.ofMinutes(Long.getLong("rookery.soak.minutes", 10))
                            .toNanos();
            return IntStream.iterate(first, seed -> seed + 1).takeWhile(seed -> System.nanoTime() < end);
        }

        @Override
        protected int replicas() {
            return REPLICAS;
        }

        @Override
        protected Duration duration() {
            return Duration.ofHours(6);
        }

        @Override
        protected void passed(int kills, int runs) {
            seeds++;
            this.kills += kills;
            this.runs += runs;
        }

        @AfterEach
        void tell() {
            System.out.printf(
                    Locale.ROOT,
                    "RESULT: schedules on PostgreSQL: %d panels, %d seeds of %d h passed, a panel killed %d times, %d runs, none twice, none lost%n",
                    REPLICAS,
                    seeds,
                    duration().toHours(),
                    kills,
                    runs);
        }
    }
}
