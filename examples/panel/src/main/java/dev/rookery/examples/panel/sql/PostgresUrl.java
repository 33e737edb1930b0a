package dev.rookery.examples.panel.sql;

import dev.rookery.api.InvalidInputException;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Locale;

/** Reads the address of a PostgreSQL database. It stands in the arguments, which every user of the machine can read. */
final class PostgresUrl {

    private static final String PREFIX = "jdbc:postgresql:";

    private PostgresUrl() {}

    /** Returns the address, which the driver can read and which has no password. It is in no message, since it may have one. */
    static String checked(String url) {
        if (!url.startsWith(PREFIX)) {
            throw invalid("another kind of address");
        }
        if (url.contains("@") || url.toLowerCase(Locale.ROOT).contains("password")) {
            throw invalid("an address with a password");
        }
        try {
            DriverManager.getDriver(url);
        } catch (SQLException e) {
            throw invalid("an address that the driver cannot read");
        }
        return url;
    }

    private static InvalidInputException invalid(String what) {
        return new InvalidInputException("database: " + what + " (expected: " + PREFIX
                + "//HOST:PORT/NAME?user=USER; the password belongs in the environment or in ~/.pgpass)");
    }
}
