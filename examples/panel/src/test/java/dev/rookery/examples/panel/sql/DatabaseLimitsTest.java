package dev.rookery.examples.panel.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.examples.panel.sql.Database.Limits;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing waits for a database for ever, and everybody has its time. */
class DatabaseLimitsTest {

    private static final Limits PATIENT = new Limits(Duration.ofSeconds(20), Duration.ofSeconds(30));

    @TempDir
    Path directory;

    @Test
    @Tag("postgres")
    void aServerThatFallsSilentIsGivenUp() throws IOException {
        var cluster = PostgresCluster.shared();
        var url = cluster.newDatabase();
        try (var proxy = new SilentProxy(port(url))) {
            var through = url.replaceFirst(":[0-9]+/", ":" + proxy.port() + "/");
            var limits = new Limits(Duration.ofMinutes(5), Duration.ofSeconds(2));
            try (var database = Database.connect(through, Optional.of(cluster.password()), limits)) {
                assertThat(one(database)).isEqualTo(1);
                proxy.fallSilent();

                assertThatThrownBy(() -> one(database)).hasStackTraceContaining("Read timed out");
            }
        }
    }

    @Test
    @Tag("postgres")
    void aStatementThatTakesTooLongIsEnded() {
        var cluster = PostgresCluster.shared();
        var limits = new Limits(Duration.ofMillis(300), PATIENT.silence());
        try (var database = Database.connect(cluster.newDatabase(), Optional.of(cluster.password()), limits)) {
            assertThatThrownBy(() -> database.jdbi().useHandle(handle -> handle.execute("SELECT pg_sleep(120)")))
                    .isInstanceOf(JdbiException.class)
                    .hasMessageContaining("statement timeout");
        }
        var shared = PostgresCluster.emptied().jdbi();
        assertThat(shared.<String, RuntimeException>withHandle(handle -> handle.select("SHOW statement_timeout")
                        .mapTo(String.class)
                        .one()))
                .isEqualTo("20s");
    }

    @Test
    @Tag("postgres")
    void panelsHaveTheTimeOfTheirDatabase() {
        var local = Instant.now();
        assertThat(PostgresCluster.emptied().clock().instant()).isAfter(local.minusSeconds(600));

        var ahead = Duration.ofHours(5);
        try (var clock = new DatabaseClock(() -> Instant.now().plus(ahead))) {
            assertThat(clock.instant())
                    .isBetween(local.plus(ahead), Instant.now().plus(ahead).plusSeconds(60));
        }
    }

    @Test
    void namesAreFoundByAnIndexInSqlite() {
        try (var database = Database.open(directory)) {
            List<String> plan = database.jdbi()
                    .withHandle(handle -> handle.select(
                                    "EXPLAIN QUERY PLAN SELECT id FROM users WHERE lower(username) = lower(?)", "sam")
                            .map((row, context) -> row.getString("detail"))
                            .list());

            assertThat(plan).singleElement().asString().contains("users_lower_username");
        }
    }

    private static int one(Database database) {
        return database.jdbi()
                .withHandle(
                        handle -> handle.select("SELECT 1").mapTo(Integer.class).one());
    }

    private static int port(String url) {
        return Integer.parseInt(url.replaceFirst(".*:([0-9]+)/.*", "$1"));
    }

    /** Passes on what comes until it is told to keep everything back; connections stay. */
    private static final class SilentProxy implements AutoCloseable {

        private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        private final List<Socket> sockets = new CopyOnWriteArrayList<>();
        private final int target;
        private volatile boolean silent;

        SilentProxy(int target) throws IOException {
            this.target = target;
            begin(this::accept);
        }

        int port() {
            return listening.getLocalPort();
        }

        void fallSilent() {
            silent = true;
        }

        @Override
        public void close() throws IOException {
            listening.close();
            for (var socket : sockets) {
                socket.close();
            }
        }

        private void accept() throws IOException {
            while (true) {
                var in = listening.accept();
                var out = new Socket(InetAddress.getLoopbackAddress(), target);
                sockets.add(in);
                sockets.add(out);
                begin(() -> pass(in.getInputStream(), out.getOutputStream()));
                begin(() -> pass(out.getInputStream(), in.getOutputStream()));
            }
        }

        private void pass(InputStream from, OutputStream to) throws IOException {
            byte[] piece = new byte[8192];
            for (int read = from.read(piece); read >= 0; read = from.read(piece)) {
                if (!silent) {
                    to.write(piece, 0, read);
                    to.flush();
                }
            }
        }

        private static void begin(Passing task) {
            var thread = new Thread(() -> {
                try {
                    task.run();
                } catch (IOException e) {
                    // The end of a connection, or of the test.
                    Thread.currentThread().interrupt();
                }
            });
            thread.setDaemon(true);
            thread.start();
        }

        private interface Passing {
            void run() throws IOException;
        }
    }
}
