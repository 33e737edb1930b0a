package dev.rookery.examples.panel.cli;

import dev.rookery.examples.panel.PanelApplication;
import dev.rookery.examples.panel.PanelSettings;
import dev.rookery.examples.panel.sql.Database;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The options of every command: where the panel's data are. */
final class DataOptions {

    private static final URI NOWHERE = URI.create("http://127.0.0.1");
    private static final String PASSWORD = "ROOKERY_DATABASE_PASSWORD";

    @ArgGroup(multiplicity = "1")
    private final Place place = new Place();

    /** Created by picocli. */
    DataOptions() {}

    /** One of two databases. */
    static final class Place {

        @Option(names = "--data", description = "the directory of everything the panel keeps, in a SQLite file")
        private @Nullable Path data;

        @Option(
                names = "--database",
                paramLabel = "URL",
                description = {
                    "a PostgreSQL database, such as jdbc:postgresql://db.example.org/panel?user=panel;",
                    "the password is taken from the variable " + PASSWORD + ", or else from ~/.pgpass"
                })
        private @Nullable String database;

        /** Created by picocli. */
        Place() {}

        private Database open() {
            if (database != null) {
                var password = Optional.ofNullable(System.getenv(PASSWORD)).filter(text -> !text.isEmpty());
                return Database.connect(database, password);
            }
            return Database.open(data == null ? Path.of(".") : data);
        }
    }

    /** Returns the directory of everything the panel keeps; empty if that is in a database. */
    Optional<Path> directory() {
        return Optional.ofNullable(place.data);
    }

    /** Opens the database alone, for a command that works on what the panel itself cannot read. */
    Database database() {
        return place.open();
    }

    /** Opens the panel's data, for a command that calls no node and is called by none. */
    PanelApplication open() {
        return open(NOWHERE, PanelSettings.defaults());
    }

    /** Opens the panel's data for a panel that is reached at {@code url}. */
    PanelApplication open(URI url, PanelSettings settings) {
        return new PanelApplication(place.open(), url, settings);
    }
}
