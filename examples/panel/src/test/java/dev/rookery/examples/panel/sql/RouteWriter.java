package dev.rookery.examples.panel.sql;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A process that adds routes to a database, each while it has the lock of an engine: {@code DATABASE PREFIX COUNT MARK}. */
public final class RouteWriter {

    /** The variable with the database's password. */
    static final String PASSWORD = "ROUTE_WRITER_PASSWORD";

    private RouteWriter() {}

    /** Runs it. */
    public static void main(String[] arguments) throws Exception {
        var mark = Path.of(arguments[3]);
        try (var database = open(arguments[0])) {
            var store = new SqlRouteStore(database);
            for (int i = 0; i < Integer.parseInt(arguments[2]); i++) {
                var lock = store.lock("caddy", Duration.ofMinutes(2));
                try {
                    // Fails if another process is here, too.
                    Files.createFile(mark);
                    RouteRows.add(store, arguments[1] + "-" + i, Instant.now());
                    Files.delete(mark);
                } finally {
                    lock.close();
                }
                // And once without the lock, which commits do not need.
                RouteRows.add(store, arguments[1] + "-free-" + i, Instant.now());
                System.out.println(i);
            }
        }
    }

    private static Database open(String place) {
        return place.startsWith("jdbc:")
                ? Database.connect(place, Optional.ofNullable(System.getenv(PASSWORD)))
                : Database.open(Path.of(place));
    }
}
