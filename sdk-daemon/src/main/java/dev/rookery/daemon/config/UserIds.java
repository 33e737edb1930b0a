package dev.rookery.daemon.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Numbers of a system user.
 *
 * @param uid its user id
 * @param gid its primary group
 */
record UserIds(int uid, int gid) {

    private static final int USUAL = 988;

    /** Returns the numbers of a user of this machine, or those of Pelican's images if there is no such user. */
    static UserIds of(String username) {
        try (var users = Files.lines(Path.of("/etc/passwd"))) {
            return users.map(line -> line.split(":", -1))
                    .filter(fields -> fields.length > 3 && fields[0].equals(username))
                    .map(fields -> new UserIds(Integer.parseInt(fields[2]), Integer.parseInt(fields[3])))
                    .findFirst()
                    .orElse(new UserIds(USUAL, USUAL));
        } catch (IOException | UncheckedIOException | NumberFormatException ignored) {
            // No such file, or not in the usual form: then there is no such user either.
            return new UserIds(USUAL, USUAL);
        }
    }
}
