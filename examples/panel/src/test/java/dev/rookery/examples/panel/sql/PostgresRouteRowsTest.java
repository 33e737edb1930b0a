package dev.rookery.examples.panel.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.proxy.store.StageState;
import dev.rookery.proxy.store.StoreException.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The store of routes in PostgreSQL. */
@Tag("postgres")
class PostgresRouteRowsTest extends RouteRowsCases {

    private final PostgresCluster cluster = PostgresCluster.shared();
    private String url;
    private Database database;

    @BeforeEach
    void openDatabase() {
        url = cluster.newDatabase();
        database = Database.connect(url, Optional.of(cluster.password()));
    }

    @AfterEach
    void closeDatabase() {
        database.close();
        cluster.drop(url);
    }

    /** A panel that stands still keeps its lock; one whose connection is gone has lost it, and may keep nothing in its name any more. */
    @Test
    void whoHasLostALockWithItsConnectionKeepsNothing() {
        var store = new SqlRouteStore(database);
        var state = new StageState("caddy", 1, 1, 1, StageState.Outcome.DONE, "", Instant.EPOCH, "");
        var lost = store.lock("caddy", Duration.ofSeconds(10));
        store.keep(state);
        try (var panel = Database.connect(url, Optional.of(cluster.password()))) {
            var other = new SqlRouteStore(panel);
            assertProblem(Problem.LOCKED, () -> other.lock("caddy", Duration.ofMillis(100)));

            endConnections();
            var taken = other.lock("caddy", Duration.ofSeconds(10));
            assertProblem(Problem.LOCKED, () -> store.keep(state));
            assertThat(other.stage("caddy")).contains(state);
            other.keep(state);
            lost.close();
            assertProblem(Problem.LOCKED, () -> store.lock("caddy", Duration.ofMillis(100)));
            taken.close();
        }
        store.lock("caddy", Duration.ofSeconds(10)).close();
    }

    @Test
    void aLockThatIsLostIsAlsoLostToAnotherThreadOfThisPanel() throws Exception {
        var store = new SqlRouteStore(database);
        var state = new StageState("caddy", 1, 1, 1, StageState.Outcome.DONE, "", Instant.EPOCH, "");
        var lost = store.lock("caddy", Duration.ofSeconds(10));
        store.keep(state);
        endConnections();
        var other = Executors.newSingleThreadExecutor();
        try {
            var taken = other.submit(() -> store.lock("caddy", Duration.ofSeconds(10)))
                    .get();
            assertProblem(Problem.LOCKED, () -> store.keep(state));
            lost.close();
            other.submit(() -> store.keep(state)).get();

            endConnections();
            store.lock("caddy", Duration.ofSeconds(10)).close();
            other.submit(() -> assertProblem(Problem.LOCKED, () -> store.keep(state)))
                    .get();
            other.submit(taken::close).get();
        } finally {
            other.shutdownNow();
        }
    }

    private void endConnections() {
        database.jdbi()
                .useHandle(handle -> handle.select("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                                + " WHERE datname = current_database() AND application_name = 'rookery-panel-lock'")
                        .mapTo(Boolean.class)
                        .list());
    }

    @Override
    Database database() {
        return database;
    }

    @Override
    String place() {
        return url;
    }

    @Override
    String password() {
        return cluster.password();
    }
}
